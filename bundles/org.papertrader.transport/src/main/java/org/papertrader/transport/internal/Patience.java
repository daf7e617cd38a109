package org.papertrader.transport.internal;

import io.netty.channel.Channel;

/** How long one client is waited for. Belongs to the loop. */
final class Patience {
    private final Channel channel;
    private long lastRead = System.nanoTime();
    private boolean hasRead;
    private long stalledSince;
    private long stalledBytes;

    Patience(Channel channel) {
        this.channel = channel;
    }

    /** What a look at the times says. */
    enum Verdict {
        FINE,
        /** Whole frames found no handler for too long. */
        PARKED,
        /** The client reads nothing of what waits for it. */
        STALLED,
        /** A begun frame does not end. */
        PARTIAL,
        /** Nothing is sent, and nothing is under way. */
        IDLE
    }

    /** Bytes came; when, is noted at the next look, as the clock is a noticeable part of a read. */
    void read() {
        hasRead = true;
    }

    /** The client stopped reading. */
    void stalled() {
        stalledSince = System.nanoTime();
        stalledBytes = channel.bytesBeforeWritable();
    }

    Verdict verdict(long now, Limits limits, FrameReader reader, boolean isQuiet) {
        if (hasRead) {
            hasRead = false;
            lastRead = now;
        }
        if (!channel.isWritable()) {
            return isStalled(now) ? Verdict.STALLED : Verdict.FINE;
        } else if (reader.isParkedTooLong(now)) {
            return Verdict.PARKED;
        } else if (reader.isPartialTooLong(now, limits.frameNanos())) {
            return Verdict.PARTIAL;
        }
        return isQuiet && now - lastRead > limits.idleNanos() ? Verdict.IDLE : Verdict.FINE;
    }

    private boolean isStalled(long now) {
        long bytes = channel.bytesBeforeWritable();
        if (bytes != stalledBytes) {
            stalledBytes = bytes;
            stalledSince = now;
        }
        return now - stalledSince > Limits.STALL_NANOS;
    }
}
