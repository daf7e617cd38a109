package org.papertrader.link.api;

import org.papertrader.model.Caller;
import org.papertrader.protocol.api.Request;

/**
 * What a worker sends to the master: who calls, and what. The worker's uuid, sequence and stamp are in the caller.
 *
 * @param caller the client as the worker saw it (OVR-6)
 * @param call what is asked
 */
public record LinkRequest(Caller caller, Call call) {
    /** What a worker may ask. */
    public sealed interface Call {
        /** A client's request, forwarded. */
        record Forward(Request request) implements Call {}

        /** Is the caller's session active, and whose is it? */
        record CheckSession() implements Call {}
    }
}
