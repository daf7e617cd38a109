package org.papertrader.link.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Puts payloads together from their chunks. Belongs to the loop. */
final class Assemblies {
    private static final int ACTIVE_MAX = 2 * RecordSender.BULK_ACTIVE_MAX;

    private final Map<Long, Assembly> byCorrelation = new HashMap<>();

    private static final class Assembly {
        final byte[] bytes;
        int received;

        Assembly(int total) {
            this.bytes = new byte[total];
        }
    }

    /** Takes a chunk in; gives the payload with its last one, else null. Throws {@link BadRecord}. */
    byte @Nullable [] add(long correlation, ReplyBodies.Part part) {
        Assembly assembly = byCorrelation.get(correlation);
        if (assembly == null) {
            if (byCorrelation.size() >= ACTIVE_MAX) {
                throw new BadRecord("too many payloads at a time");
            }
            assembly = new Assembly(part.total());
            byCorrelation.put(correlation, assembly);
        }
        if (part.total() != assembly.bytes.length || part.offset() != assembly.received || part.bytes().length == 0) {
            throw new BadRecord("a chunk out of order");
        }
        System.arraycopy(part.bytes(), 0, assembly.bytes, assembly.received, part.bytes().length);
        assembly.received += part.bytes().length;
        if (assembly.received < assembly.bytes.length) {
            return null;
        }
        byCorrelation.remove(correlation);
        return assembly.bytes;
    }

    /** Forgets payloads that nobody waits for, and tells which. */
    List<Long> retain(LongPredicate wanted) {
        List<Long> unwanted = byCorrelation.keySet().stream()
                .filter(correlation -> !wanted.test(correlation))
                .toList();
        unwanted.forEach(byCorrelation::remove);
        return unwanted;
    }
}
