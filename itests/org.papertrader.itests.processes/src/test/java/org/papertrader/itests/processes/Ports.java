package org.papertrader.itests.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Ports for programs that are started a moment later: below those that the system gives to connections, and other ones in
 * each process that runs tests.
 */
final class Ports {
    private static final int FIRST = 20_000;
    private static final int COUNT = 4_000;
    private static final int PROCESSES = 3;
    private static final int PROCESS = Integer.getInteger("papertrader.it.fork", 0) % PROCESSES;
    private static final AtomicInteger NEXT = new AtomicInteger(new SecureRandom().nextInt(COUNT));

    private Ports() {}

    /** Settings that give the program for both sides these ports. */
    static List<String> standalone(int master, int worker) {
        return List.of(
                "org.papertrader.transport~master:port=" + master,
                "org.papertrader.link.worker:masterPort=" + master,
                "org.papertrader.transport~worker:port=" + worker);
    }

    /** Free ports for it, and more settings. */
    static List<String> standalone(String... more) throws IOException {
        return Stream.concat(standalone(free(), free()).stream(), Stream.of(more))
                .toList();
    }

    /** One that nobody has; throws when all are taken. */
    static int free() throws IOException {
        IOException taken = new IOException("no port is free");
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + PROCESS * COUNT + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                taken = e;
            }
        }
        throw taken;
    }
}
