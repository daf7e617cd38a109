package org.papertrader.transport.internal;

import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.papertrader.protocol.api.Instruction;

/** The requests of one connection that a handler took and has not answered. Belongs to the connection's loop. */
final class OpenRequests {
    private static final int INITIAL_CAPACITY = 8;

    private @Nullable LongObjectMap<Open> byId;

    /** A request under way. */
    record Open(long requestId, Turn turn, Optional<Instruction> instruction) {}

    int size() {
        return byId == null ? 0 : byId.size();
    }

    boolean contains(long requestId) {
        return byId != null && byId.containsKey(requestId);
    }

    void add(Open open) {
        if (byId == null) {
            byId = new LongObjectHashMap<>(INITIAL_CAPACITY);
        }
        byId.put(open.requestId(), open);
        open.turn().opened(1);
    }

    /** Removes the request if this turn of a handler owns it; false when it does not, so that its answer is void. */
    boolean take(long requestId, Turn turn) {
        if (byId == null) {
            return false;
        }
        Open open = byId.get(requestId);
        if (open == null || open.turn() != turn) {
            return false;
        }
        byId.remove(requestId);
        turn.opened(-1);
        return true;
    }

    /** Removes and returns the requests for which the condition holds. */
    List<Open> removeIf(Predicate<Open> condition) {
        if (byId == null || byId.isEmpty()) {
            return List.of();
        }
        List<Open> removed = new ArrayList<>();
        for (Open open : byId.values()) {
            if (condition.test(open)) {
                removed.add(open);
            }
        }
        for (Open open : removed) {
            byId.remove(open.requestId());
            open.turn().opened(-1);
        }
        return removed;
    }
}
