package org.papertrader.link.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.model.AccountId;
import org.papertrader.model.Asset;
import org.papertrader.model.Bar;
import org.papertrader.model.Caller;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.model.Volume;
import org.papertrader.model.WorkerServer;
import org.papertrader.model.WorkerStatus;
import org.papertrader.protocol.ProtocolV1;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.protocol.api.ServerInfo;
import org.papertrader.sessions.api.PresenceListener.Presence;
import org.papertrader.workers.api.Workers.WorkerHello;

/** Messages of every kind. */
final class Samples {
    static final FrameCodec CODEC = ProtocolV1.frames();
    static final UUID WORKER = UUID.fromString("0b5e7c1a-9a52-4d10-8c3f-5a5c1e2d3f40");
    static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
    static final SessionId SESSION = SessionId.parse("ab".repeat(32));
    static final WorkerHello HELLO = new WorkerHello(
            new WorkerServer(WORKER, "w1", "127.0.0.1", 2049, "local", "ab".repeat(32)), "0.1.0", "CD".repeat(20));

    private Samples() {}

    /** The body of what a worker says first. */
    static byte[] hello() {
        return HelloBodies.write(HELLO.server(), HELLO.version());
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Caller caller(long sequence) {
        return new Caller(SESSION, address("192.0.2.7"), WORKER, sequence, TIME.plusNanos(1_234));
    }

    static LinkRequest forward(long sequence, Request request) {
        return new LinkRequest(caller(sequence), new LinkRequest.Call.Forward(request));
    }

    static LinkRequest purchase(long sequence) {
        return forward(
                sequence,
                new Request.Purchase(
                        new Symbol("AAPL"), Quantity.parse("1.5"), Optional.of(new ClientOrderId("mine-1"))));
    }

    static LinkRequest info(long sequence) {
        return forward(sequence, new Request.GetAssetInfo(new Symbol("AAPL")));
    }

    static List<LinkRequest> requests() {
        return List.of(
                purchase(1),
                info(2),
                new LinkRequest(
                        new Caller(SessionId.NONE, address("2001:db8::1"), WORKER, Long.MAX_VALUE, Instant.EPOCH),
                        new LinkRequest.Call.CheckSession()));
    }

    static LinkReply.Answer answer() {
        return new LinkReply.Answer(
                new Return.PurchaseSuccess(new OrderId(5), Money.parse("1.5"), Money.parse("98.5"), 7));
    }

    static LinkReply.ActiveSession session() {
        return new LinkReply.ActiveSession(
                SESSION, new Session(new AccountId(9), new UserName("alice"), TIME, true, address("192.0.2.7")));
    }

    static List<Presence> presence() {
        return List.of(new Presence(SESSION, true), new Presence(SessionId.parse("01".repeat(32)), false));
    }

    static Asset asset(String symbol) {
        Bar bar = new Bar(
                TIME,
                TIME.plusSeconds(60),
                Price.parse("10"),
                Price.parse("12.00000001"),
                Price.parse("9.5"),
                Price.parse("11"),
                new Volume(1_234, 0));
        return new Asset(new Symbol(symbol), bar, "replay");
    }

    static ServerInfo serverInfo() {
        return new ServerInfo(
                List.of(1),
                "PaperTrader 0.1.0",
                "worker",
                "papertrader",
                "USD",
                TIME,
                new ServerInfo.Market(TIME, 1, true, Duration.ofSeconds(60), TIME.plusSeconds(30)),
                new ServerInfo.Terms(Money.parse("100000"), 5, Money.ZERO, 1_000),
                new ServerInfo.Limits(Duration.ofMinutes(2), 1_024));
    }

    static LinkPush.Notices notices() {
        Return.Traded traded = new Return.Traded(new OrderId(5), Side.BUY, new Symbol("AAPL"), Quantity.parse("1.5"));
        return new LinkPush.Notices(List.of(
                new LinkPush.AccountNotice(
                        new AccountId(9),
                        new Return.OrderFilled(traded, Price.parse("11"), Money.parse("-16.5"), TIME)),
                new LinkPush.AccountNotice(
                        new AccountId(10),
                        new Return.OrderRejected(traded, Refusal.of(ReasonCode.INSUFFICIENT_CASH)))));
    }

    static WorkerStatus status() {
        return new WorkerStatus(
                TIME.plusSeconds(3),
                TIME,
                1,
                2,
                new WorkerStatus.Cache(3, 4, 5, 6),
                new WorkerStatus.Memory(7, 8),
                new WorkerStatus.Log(9, 10));
    }

    static List<LinkPush> pushes() {
        return List.of(
                new LinkPush.Market(serverInfo(), "replay", List.of(asset("AAPL"), asset("BTC-USD"))),
                new LinkPush.Market(serverInfo(), "", List.of()),
                new LinkPush.SessionsEnded(List.of(SESSION)),
                notices(),
                new LinkPush.WorkerList(new Return.Workers(List.of(HELLO.server()))),
                new LinkPush.StatusAsked(TIME),
                new LinkPush.MoveClients(Refusal.of(ReasonCode.SHUTTING_DOWN), Duration.ofMillis(200)));
    }
}
