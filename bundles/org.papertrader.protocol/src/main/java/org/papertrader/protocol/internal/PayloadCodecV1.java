package org.papertrader.protocol.internal;

import java.time.DateTimeException;
import java.time.Instant;
import org.osgi.service.component.annotations.Component;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.PayloadCodec;

/** Payloads of protocol version 1: a header of 20 bytes, then the layout of its kind. */
@Component(service = PayloadCodec.class, property = FrameCodec.VERSION_PROPERTY + ":Integer=1")
public final class PayloadCodecV1 implements PayloadCodec {
    private static final int SMALL = 256;

    @Override
    public int version() {
        return FrameCodecV1.VERSION;
    }

    @Override
    public byte[] encode(Payload payload) {
        if (payload instanceof Payload.Series series) {
            int rows = series.rows().size() * MarketPayloads.BAR_LENGTH;
            PayloadWriter out = start(PayloadKind.SERIES, 0, payload.stamp(), SMALL + rows);
            MarketPayloads.series(out, series);
            return out.toBytes();
        }
        if (payload instanceof Payload.AssetDetails details) {
            PayloadWriter out = start(PayloadKind.ASSET_INFO, 0, payload.stamp(), SMALL);
            MarketPayloads.info(out, details.info());
            return out.toBytes();
        }
        if (payload instanceof Payload.CurrentValue current) {
            PayloadWriter out = start(PayloadKind.CURRENT_VALUE, 0, payload.stamp(), SMALL);
            MarketPayloads.current(out, current.asset());
            return out.toBytes();
        }
        if (payload instanceof Payload.Predicted predicted) {
            PayloadWriter out = start(PayloadKind.PREDICTION, 0, payload.stamp(), SMALL);
            MarketPayloads.prediction(out, predicted.prediction());
            return out.toBytes();
        }
        if (payload instanceof Payload.AssetPage page) {
            PayloadWriter out = start(PayloadKind.ASSET_LIST, more(page.more()), payload.stamp(), SMALL);
            MarketPayloads.assets(out, page.rows());
            return out.toBytes();
        }
        return encodeOfUser(payload);
    }

    private static byte[] encodeOfUser(Payload payload) {
        PayloadWriter out;
        if (payload instanceof Payload.UserInfo info) {
            out = start(PayloadKind.USER_INFO, own(info.own().isPresent()), payload.stamp(), SMALL);
            UserPayloads.info(out, info);
        } else if (payload instanceof Payload.OwnPortfolio own) {
            out = start(PayloadKind.PORTFOLIO, own(true), payload.stamp(), SMALL);
            UserPayloads.portfolio(out, own.portfolio());
        } else if (payload instanceof Payload.PublicPortfolio other) {
            out = start(PayloadKind.PORTFOLIO, own(false), payload.stamp(), SMALL);
            out.string(other.owner().value());
            out.money(other.totalValue());
        } else if (payload instanceof Payload.TransactionPage page) {
            out = start(PayloadKind.TRANSACTIONS, own(page.own()) | more(page.more()), payload.stamp(), SMALL);
            OrderPayloads.transactions(out, page);
        } else {
            Payload.OrderPage page = (Payload.OrderPage) payload;
            out = start(PayloadKind.ORDERS, own(true) | more(page.more()), payload.stamp(), SMALL);
            OrderPayloads.orders(out, page.rows());
        }
        return out.toBytes();
    }

    @Override
    public DecodeResult<Payload> decode(Instruction request, byte[] data) {
        try {
            return new DecodeResult.Ok<>(read(PayloadKind.of(request), new PayloadReader(data)));
        } catch (BadMessage e) {
            return new DecodeResult.Malformed<>(e.refusal());
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            // The model's own checks; their texts speak of values that a hostile server chose.
            return new DecodeResult.Malformed<>(PayloadReader.bad().refusal());
        }
    }

    @Override
    public byte[] markStale(byte[] payload) {
        byte[] copy = payload.clone();
        copy[PayloadKind.FLAGS_OFFSET + 1] |= PayloadKind.FLAG_STALE;
        return copy;
    }

    @Override
    public boolean isStale(byte[] payload) {
        return payload.length >= PayloadKind.HEADER_LENGTH
                && (payload[PayloadKind.FLAGS_OFFSET + 1] & PayloadKind.FLAG_STALE) != 0;
    }

    private static Payload read(PayloadKind kind, PayloadReader in) {
        if (in.u8() != kind.number() || in.u8() != PayloadKind.LAYOUT) {
            throw PayloadReader.bad();
        }
        int flags = in.u16();
        Instant asOf = in.instant();
        Payload.Stamp stamp = new Payload.Stamp(asOf, in.instant(), (flags & PayloadKind.FLAG_STALE) != 0);
        boolean own = (flags & PayloadKind.FLAG_OWN) != 0;
        boolean more = (flags & PayloadKind.FLAG_MORE) != 0;
        return switch (kind) {
            case ASSET_INFO -> new Payload.AssetDetails(stamp, MarketPayloads.info(in));
            case CURRENT_VALUE -> new Payload.CurrentValue(stamp, MarketPayloads.current(in));
            case SERIES -> MarketPayloads.series(stamp, in);
            case PREDICTION -> new Payload.Predicted(stamp, MarketPayloads.prediction(in));
            case ASSET_LIST -> new Payload.AssetPage(stamp, more, in.rows(MarketPayloads::info));
            case USER_INFO -> UserPayloads.info(stamp, own, in);
            case PORTFOLIO -> UserPayloads.portfolio(stamp, own, in);
            case TRANSACTIONS -> OrderPayloads.transactions(stamp, own, more, in);
            case ORDERS -> new Payload.OrderPage(stamp, more, in.rows(OrderPayloads::order));
        };
    }

    private static PayloadWriter start(PayloadKind kind, int flags, Payload.Stamp stamp, int expectedLength) {
        PayloadWriter out = new PayloadWriter(expectedLength);
        out.u8(kind.number());
        out.u8(PayloadKind.LAYOUT);
        out.u16(stamp.stale() ? flags | PayloadKind.FLAG_STALE : flags);
        out.instant(stamp.asOf());
        out.instant(stamp.freshUntil());
        return out;
    }

    private static int own(boolean own) {
        return own ? PayloadKind.FLAG_OWN : 0;
    }

    private static int more(boolean more) {
        return more ? PayloadKind.FLAG_MORE : 0;
    }
}
