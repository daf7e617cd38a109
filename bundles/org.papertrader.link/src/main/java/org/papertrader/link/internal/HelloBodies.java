package org.papertrader.link.internal;

import java.util.UUID;
import org.papertrader.model.WorkerServer;
import org.papertrader.workers.api.Workers.WorkerHello;

/** What a worker says first. */
final class HelloBodies {
    /** Version of the records; another one is refused. */
    static final int LINK_VERSION = 1;

    private HelloBodies() {}

    static byte[] write(WorkerHello hello) {
        WorkerServer server = hello.server();
        return new BodyWriter()
                .u16(LINK_VERSION)
                .text(server.name())
                .text(server.host())
                .u16(server.port())
                .text(server.region())
                .text(hello.version())
                .toBytes();
    }

    static WorkerHello read(UUID worker, byte[] body) {
        return BodyReader.read(body, in -> {
            int version = in.u16();
            if (version != LINK_VERSION) {
                throw new BadRecord("link version " + version);
            }
            WorkerServer server = new WorkerServer(worker, in.text(), in.text(), in.u16(), in.text());
            return new WorkerHello(server, in.text(), "");
        });
    }
}
