package org.papertrader.transport.internal;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.protocol.api.FrameCodec;

/** The codecs that are present, by protocol version, each behind a gate of its own. Any thread; takes no lock. */
final class Codecs {
    private static final int VERSIONS = 256;

    private final AtomicReferenceArray<@Nullable Gate<FrameCodec>> gates = new AtomicReferenceArray<>(VERSIONS);

    void bind(FrameCodec codec, Map<String, ?> properties) {
        int version = codec.version();
        Gate<FrameCodec> gate = gates.get(version);
        if (gate == null) {
            gates.compareAndSet(version, null, new Gate<>("protocol version " + version));
            gate = gates.get(version);
        }
        if (gate != null) {
            gate.bind(codec, properties);
        }
    }

    void unbind(FrameCodec codec) {
        Gate<FrameCodec> gate = gates.get(codec.version());
        if (gate != null) {
            gate.unbind(codec);
        }
    }

    /** A lease on the codec of a version, or null while there is none. */
    @Nullable
    Lease<FrameCodec> lease(int version) {
        Gate<FrameCodec> gate = gates.get(version);
        return gate == null ? null : gate.tryLease();
    }

    /** A lease on the codec of the highest version, or null. */
    @Nullable
    Lease<FrameCodec> newest() {
        for (int version = VERSIONS - 1; version >= 0; version--) {
            Lease<FrameCodec> lease = lease(version);
            if (lease != null) {
                return lease;
            }
        }
        return null;
    }

    /** True when no codec ever spoke this version, although another one is there that can say so. */
    boolean isUnknown(int version) {
        return gates.get(version) == null && isServed();
    }

    /** True while there is a codec at all. */
    boolean isServed() {
        for (int version = 0; version < VERSIONS; version++) {
            Gate<FrameCodec> gate = gates.get(version);
            if (gate != null && gate.isServed()) {
                return true;
            }
        }
        return false;
    }
}
