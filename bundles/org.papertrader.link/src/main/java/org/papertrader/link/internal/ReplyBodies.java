package org.papertrader.link.internal;

import org.papertrader.link.api.LinkReply;
import org.papertrader.model.AccountId;
import org.papertrader.model.Session;
import org.papertrader.model.UserName;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.ProtocolLimits;

/** What the master answers. */
final class ReplyBodies {
    private ReplyBodies() {}

    static byte[] answer(LinkReply.Answer answer, FrameCodec codec) {
        BodyWriter out = new BodyWriter();
        FrameBodies.answer(out, answer.answer(), codec);
        return out.toBytes();
    }

    static LinkReply.Answer answer(byte[] body, FrameCodec codec) {
        return BodyReader.read(body, in -> new LinkReply.Answer(FrameBodies.answer(in, codec)));
    }

    static byte[] session(LinkReply.ActiveSession active) {
        Session session = active.session();
        return new BodyWriter()
                .session(active.id())
                .i64(session.account().value())
                .text(session.userName().value())
                .instant(session.expires())
                .bool(session.expirable())
                .address(session.clientAddress())
                .toBytes();
    }

    static LinkReply.ActiveSession session(byte[] body) {
        return BodyReader.read(
                body,
                in -> new LinkReply.ActiveSession(
                        in.session(),
                        new Session(
                                new AccountId(in.i64()),
                                new UserName(in.text()),
                                in.instant(),
                                in.bool(),
                                in.address())));
    }

    static byte[] part(Part part, byte[] payload, int length) {
        return new BodyWriter()
                .i32(part.total())
                .i32(part.offset())
                .bytes(payload, part.offset(), length)
                .toBytes();
    }

    static Part part(byte[] body) {
        return BodyReader.read(body, in -> new Part(in.i32(), in.i32(), in.rest()));
    }

    /** A piece of a payload; {@code bytes} is empty where only its place is meant. */
    record Part(int total, int offset, byte[] bytes) {
        Part {
            if (total < 1 || total > ProtocolLimits.TRANSFER_DATA_MAX || offset < 0 || bytes.length > total - offset) {
                throw new IllegalArgumentException("part at " + offset + " of " + total);
            }
        }
    }
}
