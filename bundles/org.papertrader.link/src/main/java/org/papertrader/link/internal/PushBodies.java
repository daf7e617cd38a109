package org.papertrader.link.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.papertrader.link.api.LinkPush;
import org.papertrader.model.AccountId;
import org.papertrader.model.Asset;
import org.papertrader.model.Bar;
import org.papertrader.model.Price;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.model.Volume;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.Return;

/** What the master tells unasked. */
final class PushBodies {
    private static final int ASSET_BYTES_MIN = 2 + 2 * 12 + 4 * 8 + 12 + 2;
    private static final int NOTICE_BYTES_MIN = 8 + 4;
    private static final Duration GRACE_MAX = Duration.ofHours(1);

    private PushBodies() {}

    static Kind kind(LinkPush push) {
        if (push instanceof LinkPush.Market) {
            return Kind.MARKET;
        } else if (push instanceof LinkPush.SessionsEnded) {
            return Kind.SESSIONS_ENDED;
        } else if (push instanceof LinkPush.Notices) {
            return Kind.NOTICES;
        } else if (push instanceof LinkPush.StatusAsked) {
            return Kind.STATUS_ASKED;
        } else if (push instanceof LinkPush.MoveClients) {
            return Kind.MOVE_CLIENTS;
        }
        return Kind.WORKER_LIST;
    }

    static byte[] write(LinkPush push, FrameCodec codec) {
        BodyWriter out = new BodyWriter();
        if (push instanceof LinkPush.Market market) {
            FrameBodies.answer(out, new Return.ServerInfoReturn(market.info()), codec);
            out.text(market.source()).i32(market.changed().size());
            market.changed().forEach(asset -> asset(out, asset));
        } else if (push instanceof LinkPush.SessionsEnded ended) {
            out.i32(ended.sessions().size());
            ended.sessions().forEach(out::session);
        } else if (push instanceof LinkPush.Notices notices) {
            out.i32(notices.notices().size());
            notices.notices().forEach(notice -> {
                out.i64(notice.account().value());
                FrameBodies.answer(out, notice.notice(), codec);
            });
        } else if (push instanceof LinkPush.WorkerList list) {
            FrameBodies.answer(out, list.workers(), codec);
        } else if (push instanceof LinkPush.StatusAsked asked) {
            out.instant(asked.asked());
        } else if (push instanceof LinkPush.MoveClients move) {
            out.i32(Math.toIntExact(move.grace().toMillis()));
            FrameBodies.answer(out, new Return.MoveToWorker(move.reason()), codec);
        }
        return out.toBytes();
    }

    static LinkPush read(Kind kind, byte[] body, FrameCodec codec) {
        return BodyReader.read(body, in -> switch (kind) {
            case MARKET -> market(in, codec);
            case SESSIONS_ENDED -> sessionsEnded(in);
            case NOTICES -> notices(in, codec);
            case WORKER_LIST -> {
                if (FrameBodies.answer(in, codec) instanceof Return.Workers workers) {
                    yield new LinkPush.WorkerList(workers);
                }
                throw new BadRecord("no list of workers");
            }
            case STATUS_ASKED -> new LinkPush.StatusAsked(in.instant());
            case MOVE_CLIENTS -> moveClients(in, codec);
            default -> throw new BadRecord(kind + " is no push");
        });
    }

    private static LinkPush.Market market(BodyReader in, FrameCodec codec) {
        if (!(FrameBodies.answer(in, codec) instanceof Return.ServerInfoReturn info)) {
            throw new BadRecord("no server info");
        }
        String source = in.text();
        int count = in.count(ASSET_BYTES_MIN);
        List<Asset> changed = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            changed.add(asset(in));
        }
        return new LinkPush.Market(info.info(), source, changed);
    }

    private static LinkPush.SessionsEnded sessionsEnded(BodyReader in) {
        int count = in.count(SessionId.LENGTH);
        List<SessionId> sessions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sessions.add(in.session());
        }
        return new LinkPush.SessionsEnded(sessions);
    }

    private static LinkPush.Notices notices(BodyReader in, FrameCodec codec) {
        int count = in.count(NOTICE_BYTES_MIN);
        List<LinkPush.AccountNotice> notices = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            AccountId account = new AccountId(in.i64());
            notices.add(new LinkPush.AccountNotice(account, FrameBodies.answer(in, codec)));
        }
        return new LinkPush.Notices(notices);
    }

    private static LinkPush.MoveClients moveClients(BodyReader in, FrameCodec codec) {
        Duration grace = Duration.ofMillis(in.i32());
        if (grace.isNegative() || grace.compareTo(GRACE_MAX) > 0) {
            throw new BadRecord("a grace of " + grace);
        }
        if (FrameBodies.answer(in, codec) instanceof Return.MoveToWorker move) {
            return new LinkPush.MoveClients(move.refusal(), grace);
        }
        throw new BadRecord("no word for the clients");
    }

    private static void asset(BodyWriter out, Asset asset) {
        Bar bar = asset.bar();
        out.text(asset.symbol().value())
                .instant(bar.start())
                .instant(bar.end())
                .i64(bar.open().mantissa())
                .i64(bar.high().mantissa())
                .i64(bar.low().mantissa())
                .i64(bar.close().mantissa())
                .i64(bar.volume().mantissa())
                .i32(bar.volume().scale())
                .text(asset.source());
    }

    private static Asset asset(BodyReader in) {
        Symbol symbol = new Symbol(in.text());
        Bar bar = new Bar(
                in.instant(),
                in.instant(),
                new Price(in.i64()),
                new Price(in.i64()),
                new Price(in.i64()),
                new Price(in.i64()),
                new Volume(in.i64(), in.i32()));
        return new Asset(symbol, bar, in.text());
    }
}
