package org.papertrader.master.internal;

import java.util.function.Supplier;
import org.papertrader.model.Caller;
import org.slf4j.MDC;

/** Names in the log the request that a thread is at: worker, number and session. */
final class LogContext {
    private static final String WORKER = "worker";
    private static final String REQUEST = "request";
    private static final String SESSION = "session";

    private LogContext() {}

    /** Does the work; what the thread logs meanwhile has the caller's context. */
    static <T> T during(Caller caller, Supplier<T> work) {
        MDC.put(WORKER, caller.worker().toString());
        if (caller.sequence() > 0) {
            MDC.put(REQUEST, Long.toString(caller.sequence()));
        }
        if (!caller.session().isNone()) {
            MDC.put(SESSION, caller.session().tag());
        }
        try {
            return work.get();
        } finally {
            MDC.remove(WORKER);
            MDC.remove(REQUEST);
            MDC.remove(SESSION);
        }
    }
}
