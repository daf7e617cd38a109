package org.papertrader.gateway.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.papertrader.gate.Edge;
import org.papertrader.link.api.LinkPush.AccountNotice;
import org.papertrader.model.AccountId;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.protocol.ProtocolV1;
import org.papertrader.protocol.api.ConnectionState;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.PayloadCodec;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.api.IncomingRequest;

/** What the tests of Gateway have in common. */
abstract class GatewayRig {
    static final Symbol AAPL = new Symbol("AAPL");
    static final Session ADA = new Session(
            new AccountId(1),
            new UserName("ada"),
            Instant.parse("2030-01-01T00:00:00Z"),
            true,
            InetAddress.getLoopbackAddress());
    static final Session BOB =
            new Session(new AccountId(2), new UserName("bob"), ADA.expires(), true, InetAddress.getLoopbackAddress());
    static final SessionId ID = id(1);
    static final Request BUY = new Request.Purchase(AAPL, Quantity.parse("1"), Optional.empty());

    final FrameCodec codec = ProtocolV1.frames();
    final PayloadCodec payloads = ProtocolV1.payloads();
    final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    final Backend backend = new Backend();
    final Gateway gateway = new Gateway(backend, new Edge(10, Duration.ofMillis(100), timer), Clock.systemUTC(), 16);
    final FakeConnection connection = new FakeConnection();
    final FakeServices.MapSessions sessions = new FakeServices.MapSessions();
    final FakeServices.AskedMarketData market = new FakeServices.AskedMarketData();
    final FakeServices.MapCache cache = new FakeServices.MapCache();
    final FakeServices.AskedTrading trading = new FakeServices.AskedTrading();
    final FakeServices.AskedAccounts accounts = new FakeServices.AskedAccounts();
    long requestId;

    @BeforeEach
    void bind() {
        backend.bindSessions(sessions, Map.of());
        backend.bindMarketData(market, Map.of());
        backend.bindCache(cache, Map.of());
        backend.bindCodec(payloads, Map.of());
        backend.bindTrading(trading, Map.of());
        backend.bindAccounts(accounts, Map.of());
        backend.bindLink(new FakeServices.NumberingLink(), Map.of());
        gateway.opened(connection);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    static AccountNotice filled(Session session) {
        Return.Traded traded = new Return.Traded(new OrderId(1), Side.BUY, AAPL, Quantity.parse("1"));
        return new AccountNotice(
                session.account(), new Return.OrderFilled(traded, Price.parse("1"), Money.ZERO, Instant.EPOCH));
    }

    void inDataState() {
        connection.state(ConnectionState.DATA_TRANSFER);
    }

    void send(SessionId session, Request request) {
        gateway.request(connection, incoming(frame(session, request)));
    }

    ByteBuf frame(SessionId session, Request request) {
        ByteBuf out = Unpooled.buffer();
        codec.encodeRequest(++requestId, session, request, out);
        return out;
    }

    IncomingRequest incoming(ByteBuf bytes) {
        FrameView view = codec.view(bytes, 0, null);
        return new IncomingRequest() {
            @Override
            public FrameView frame() {
                return view;
            }

            @Override
            public long receivedMillis() {
                return System.currentTimeMillis();
            }

            @Override
            public DecodeResult<Request> decode() {
                return codec.decodeRequest(view);
            }
        };
    }

    Object last() {
        return connection.answers.get(connection.answers.size() - 1);
    }

    ReasonCode lastReason() {
        return ((Return.Fail) last()).refusal().code();
    }

    static SessionId id(int first) {
        byte[] bytes = new byte[SessionId.LENGTH];
        bytes[0] = (byte) first;
        return SessionId.of(bytes);
    }
}
