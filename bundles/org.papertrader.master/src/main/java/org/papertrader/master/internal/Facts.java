package org.papertrader.master.internal;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.papertrader.gate.Gate;
import org.papertrader.gate.UnavailableException;
import org.papertrader.marketdata.api.MarketStatus;
import org.papertrader.protocol.api.PayloadCodec;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.ServerInfo;

/** What the master says of its installation; a worker puts its own role and limits in. */
final class Facts {
    private static final String SOFTWARE = "PaperTrader";
    private static final String ROLE = "master";
    /** The version to name while the codec is being swapped. */
    private static final int VERSION_STANDARD = 1;
    /** The master answers clients nothing that needs more than one request. */
    private static final int IN_FLIGHT_MAX = 1;

    private final Gate<PayloadCodec> codec;
    private final Supplier<MasterSettings> settings;

    Facts(Gate<PayloadCodec> codec, Supplier<MasterSettings> settings) {
        this.codec = codec;
        this.settings = settings;
    }

    ServerInfo info(MarketStatus status, Instant now) {
        MasterSettings current = settings.get();
        return new ServerInfo(
                List.of(version()),
                SOFTWARE,
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
                new ServerInfo.Limits(ProtocolLimits.IDLE_TIMEOUT, IN_FLIGHT_MAX));
    }

    private int version() {
        try {
            return codec.call(PayloadCodec::version);
        } catch (UnavailableException e) {
            return VERSION_STANDARD;
        }
    }
}
