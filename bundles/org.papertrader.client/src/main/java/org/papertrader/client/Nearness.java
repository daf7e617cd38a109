package org.papertrader.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.papertrader.model.WorkerServer;

/**
 * Which workers are near, which nobody but the client can know: it connects to the first ones of the list at once, and
 * those that take the connection about as soon as the first one does are near alike. Among them the order of the list
 * counts, which is that of their load. Thread-safe.
 */
final class Nearness {
    /** Workers that are measured: the first ones of the list, so that a crowded one is not taken for being near. */
    static final int MEASURED_MAX = 8;

    /** What two connections may differ by and be near alike; below this the network is not what makes the difference. */
    private static final Duration SLACK = Duration.ofMillis(10);

    private static final int NEAR = 0;
    private static final int UNKNOWN = 1;
    private static final int AWAY = 2;

    private final Duration limit;
    private final Duration slack;
    private final Probe probe;

    /** @param limit how long measuring may take at most; zero for not at all */
    Nearness(Duration limit) {
        this(limit, SLACK, Nearness::connect);
    }

    Nearness(Duration limit, Duration slack, Probe probe) {
        this.limit = limit;
        this.slack = slack;
        this.probe = probe;
    }

    /** Goes to a server and back. */
    @FunctionalInterface
    interface Probe {
        /** Blocks until the server has answered, at most for the limit. */
        void reach(WorkerServer server, Duration limit) throws IOException;
    }

    private record Answer(WorkerServer server, boolean reached) {}

    private static void connect(WorkerServer server, Duration limit) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.host(), server.port()), Math.toIntExact(limit.toMillis()));
        }
    }

    /** The near ones first, those that cannot be reached last; else in the order of the list. Blocks for the limit. */
    List<WorkerServer> nearestFirst(List<WorkerServer> list) {
        if (list.size() < 2 || limit.isZero()) {
            return list;
        }
        Map<WorkerServer, Integer> ranks;
        try {
            ranks = measure(list.subList(0, Math.min(MEASURED_MAX, list.size())));
        } catch (InterruptedException e) {
            // The client is being closed; whoever tries to connect will see.
            Thread.currentThread().interrupt();
            return list;
        }
        List<WorkerServer> order = new ArrayList<>(list);
        order.sort(Comparator.comparing(server -> ranks.getOrDefault(server, UNKNOWN)));
        return order;
    }

    private Map<WorkerServer, Integer> measure(List<WorkerServer> servers) throws InterruptedException {
        BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
        long begun = System.nanoTime();
        servers.forEach(server -> probe(server, answers));
        Map<WorkerServer, Integer> ranks = new HashMap<>();
        long time = limit.toNanos();
        while (ranks.size() < servers.size()) {
            Answer answer = answers.poll(time - (System.nanoTime() - begun), TimeUnit.NANOSECONDS);
            if (answer == null) {
                break;
            }
            if (answer.reached() && !ranks.containsValue(NEAR)) {
                long first = System.nanoTime() - begun;
                time = Math.min(time, first + Math.max(first, slack.toNanos()));
            }
            ranks.put(answer.server(), answer.reached() ? NEAR : AWAY);
        }
        return ranks;
    }

    /** A thread for each: looking a name up blocks, and must not hold up the others. */
    private void probe(WorkerServer server, BlockingQueue<Answer> answers) {
        Thread thread = new Thread(
                () -> {
                    boolean reached;
                    try {
                        probe.reach(server, limit);
                        reached = true;
                    } catch (IOException e) {
                        reached = false;
                    }
                    answers.add(new Answer(server, reached));
                },
                "papertrader-client-probe");
        thread.setDaemon(true);
        thread.start();
    }
}
