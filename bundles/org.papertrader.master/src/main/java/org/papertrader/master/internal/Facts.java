package org.papertrader.master.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.gate.UnavailableException;
import org.papertrader.marketdata.api.MarketStatus;
import org.papertrader.protocol.api.PayloadCodec;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.ServerInfo;
import org.papertrader.trading.api.TradingTerms;

/** What the master says of its installation; a worker puts its own role and limits in. */
final class Facts {
    private static final String ROLE = "master";
    /** The version to name while the codec is being swapped. */
    private static final int VERSION_STANDARD = 1;
    /** The master answers clients nothing that needs more than one request. */
    private static final int IN_FLIGHT_MAX = 1;

    private final Gate<PayloadCodec> codec;
    private final Gate<TradingTerms> terms;
    private final Supplier<MasterSettings> settings;
    private final String software = Software.name();
    private volatile TradingTerms.@Nullable Terms known;

    Facts(Gate<PayloadCodec> codec, Gate<TradingTerms> terms, Supplier<MasterSettings> settings) {
        this.codec = codec;
        this.terms = terms;
        this.settings = settings;
    }

    /** Empty before trading was there for the first time. */
    Optional<ServerInfo> info(MarketStatus status, Instant now) {
        return terms().map(of -> info(status, now, of));
    }

    private ServerInfo info(MarketStatus status, Instant now, TradingTerms.Terms of) {
        MasterSettings current = settings.get();
        return new ServerInfo(
                List.of(version()),
                software,
                ROLE,
                current.realm(),
                current.currency(),
                now,
                new ServerInfo.Market(
                        status.marketTime(),
                        status.acceleration(),
                        status.open(),
                        status.interval(),
                        status.nextInterval()),
                new ServerInfo.Terms(of.startingCash(), of.reserveMarginPercent(), of.fee(), of.openOrdersMax()),
                new ServerInfo.Limits(ProtocolLimits.IDLE_TIMEOUT, IN_FLIGHT_MAX));
    }

    /** While trading is being swapped, those of before. */
    private Optional<TradingTerms.Terms> terms() {
        Lease<TradingTerms> lease = terms.tryLease();
        if (lease != null) {
            try (lease) {
                known = lease.service().terms();
            }
        }
        return Optional.ofNullable(known);
    }

    private int version() {
        try {
            return codec.call(PayloadCodec::version);
        } catch (UnavailableException e) {
            return VERSION_STANDARD;
        }
    }
}
