package org.papertrader.link.internal;

import java.time.Instant;
import org.papertrader.model.WorkerStatus;

/** What a worker answers about itself. */
final class StatusBodies {
    private StatusBodies() {}

    /** The answer, and what was asked. */
    record Told(Instant asked, WorkerStatus status) {}

    static byte[] write(Told told) {
        WorkerStatus status = told.status();
        return new BodyWriter()
                .instant(told.asked())
                .instant(status.told())
                .instant(status.started())
                .i64(status.clients())
                .i64(status.sessions())
                .i64(status.cache().entries())
                .i64(status.cache().bytes())
                .i64(status.cache().hits())
                .i64(status.cache().misses())
                .i64(status.memory().used())
                .i64(status.memory().most())
                .i64(status.log().waiting())
                .i64(status.log().dropped())
                .toBytes();
    }

    static Told read(byte[] body) {
        return BodyReader.read(
                body,
                in -> new Told(
                        in.instant(),
                        new WorkerStatus(
                                in.instant(),
                                in.instant(),
                                in.i64(),
                                in.i64(),
                                new WorkerStatus.Cache(in.i64(), in.i64(), in.i64(), in.i64()),
                                new WorkerStatus.Memory(in.i64(), in.i64()),
                                new WorkerStatus.Log(in.i64(), in.i64()))));
    }
}
