package org.papertrader.gateway.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.SessionId;

/**
 * Keeps the order of orders and logouts on one connection: a logout leaves only when the orders that went before it are
 * answered, and nothing that comes behind it is served with its session. Thread-safe; tasks run on the thread that made
 * way for them.
 */
final class Logouts {
    private final Map<SessionId, Integer> orders = new HashMap<>();
    private final Map<SessionId, Runnable> waiting = new HashMap<>();
    private final Set<SessionId> leaving = new HashSet<>();

    /** True from the logout's frame on until it is answered. */
    synchronized boolean isLeaving(SessionId session) {
        return leaving.contains(session);
    }

    synchronized void orderBegan(SessionId session) {
        orders.merge(session, 1, Integer::sum);
    }

    void orderEnded(SessionId session) {
        Runnable logout = lastOrderOf(session);
        if (logout != null) {
            logout.run();
        }
    }

    private synchronized @Nullable Runnable lastOrderOf(SessionId session) {
        return orders.merge(session, -1, (count, less) -> count == 1 ? null : count - 1) == null
                ? waiting.remove(session)
                : null;
    }

    /** A logout came: it is sent now, or behind the last order of its session. */
    void leave(SessionId session, Runnable logout) {
        if (isFree(session, logout)) {
            logout.run();
        }
    }

    private synchronized boolean isFree(SessionId session, Runnable logout) {
        leaving.add(session);
        if (orders.containsKey(session)) {
            waiting.put(session, logout);
            return false;
        }
        return true;
    }

    /** The logout is answered: the session has ended, or goes on. */
    synchronized void answered(SessionId session) {
        leaving.remove(session);
    }
}
