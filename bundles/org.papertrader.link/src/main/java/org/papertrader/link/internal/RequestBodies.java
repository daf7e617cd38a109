package org.papertrader.link.internal;

import java.util.ArrayList;
import java.util.List;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.model.Caller;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.Request;
import org.papertrader.sessions.api.PresenceListener.Presence;

/** What a worker sends: requests with their callers, and presence. The caller's worker is the record's own uuid. */
final class RequestBodies {
    private static final int PRESENCE_BYTES = 33;

    private RequestBodies() {}

    static Kind kind(LinkRequest request) {
        return request.call() instanceof LinkRequest.Call.Forward ? Kind.FORWARD : Kind.CHECK_SESSION;
    }

    static byte[] write(LinkRequest request, FrameCodec codec) {
        BodyWriter out = new BodyWriter();
        Caller caller = request.caller();
        out.session(caller.session())
                .address(caller.clientAddress())
                .i64(caller.sequence())
                .instant(caller.issued());
        if (request.call() instanceof LinkRequest.Call.Forward forward) {
            FrameBodies.request(out, forward.request(), codec);
        }
        return out.toBytes();
    }

    /** The request, or why its frame is none. */
    static DecodeResult<LinkRequest> read(LinkRecord record, FrameCodec codec) {
        return BodyReader.read(record.body(), in -> {
            Caller caller = new Caller(in.session(), in.address(), record.worker(), in.i64(), in.instant());
            if (record.kind() == Kind.CHECK_SESSION) {
                return new DecodeResult.Ok<>(new LinkRequest(caller, new LinkRequest.Call.CheckSession()));
            }
            DecodeResult<Request> request = FrameBodies.request(in, codec);
            if (request instanceof DecodeResult.Malformed<Request> malformed) {
                return new DecodeResult.Malformed<>(malformed.refusal());
            }
            Request value = ((DecodeResult.Ok<Request>) request).value();
            return new DecodeResult.Ok<>(new LinkRequest(caller, new LinkRequest.Call.Forward(value)));
        });
    }

    static byte[] presence(List<Presence> changes) {
        BodyWriter out = new BodyWriter().i32(changes.size());
        changes.forEach(change -> out.session(change.session()).bool(change.connected()));
        return out.toBytes();
    }

    static List<Presence> presence(byte[] body) {
        return BodyReader.read(body, in -> {
            int count = in.count(PRESENCE_BYTES);
            List<Presence> changes = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                changes.add(new Presence(in.session(), in.bool()));
            }
            return changes;
        });
    }

    static byte[] credit(int bytes) {
        return new BodyWriter().i32(bytes).toBytes();
    }

    static int credit(byte[] body) {
        return BodyReader.read(body, BodyReader::i32);
    }
}
