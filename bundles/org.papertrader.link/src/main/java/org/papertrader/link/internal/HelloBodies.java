package org.papertrader.link.internal;

import java.util.UUID;
import org.papertrader.model.WorkerServer;
import org.papertrader.workers.api.Workers.WorkerHello;

/** What a worker says first. */
final class HelloBodies {
    private HelloBodies() {}

    /** @param version of the worker's software */
    static byte[] write(WorkerServer server, String version) {
        return new BodyWriter()
                .text(server.name())
                .text(server.host())
                .u16(server.port())
                .text(server.region())
                .text(server.certificateFingerprint())
                .text(version)
                .toBytes();
    }

    /** @param keyFingerprint of the key that the handshake proved */
    static WorkerHello read(UUID worker, String keyFingerprint, byte[] body) {
        return BodyReader.read(body, in -> {
            WorkerServer server = new WorkerServer(worker, in.text(), in.text(), in.u16(), in.text(), in.text());
            return new WorkerHello(server, in.text(), keyFingerprint);
        });
    }
}
