package org.papertrader.gateway.internal;

import java.net.InetAddress;
import java.time.Instant;
import java.util.UUID;
import org.papertrader.model.Caller;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.Request;
import org.papertrader.transport.api.IncomingRequest;

/**
 * A decoded request that outlives the frame that it came in.
 *
 * @param requestId what its answer must echo
 * @param version protocol version of its frame
 * @param instruction what is asked
 * @param session the session id of the header
 * @param arguments the raw arguments, for the cache's key
 * @param decoded the request, or why it is none
 * @param received the worker's stamp (OVR-6)
 * @param begun when it was looked at, {@link System#nanoTime}
 */
record ClientRequest(
        long requestId,
        int version,
        Instruction instruction,
        SessionId session,
        byte[] arguments,
        DecodeResult<Request> decoded,
        Instant received,
        long begun) {
    private static final UUID NO_WORKER = new UUID(0, 0);

    static ClientRequest of(IncomingRequest incoming, Instruction instruction, Instant received) {
        FrameView frame = incoming.frame();
        return new ClientRequest(
                frame.requestId(),
                frame.version(),
                instruction,
                frame.sessionId(),
                frame.copyArguments(),
                incoming.decode(),
                received,
                System.nanoTime());
    }

    /** The caller of anything but an order. */
    Caller caller(InetAddress client) {
        return new Caller(session, client, NO_WORKER, 0, received);
    }
}
