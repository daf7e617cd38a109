package org.papertrader.master.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.link.api.LinkPush;
import org.papertrader.model.AccountId;
import org.papertrader.model.Asset;
import org.papertrader.model.Bar;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.SessionId;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.Volume;
import org.papertrader.protocol.api.Return;
import org.papertrader.sessions.api.PresenceListener.Presence;
import org.papertrader.trading.api.OrderListener.EndedOrder;

class PushTest {
    private static final UUID OTHER = new UUID(0, 2);

    private final Fakes.FakeLinks links = new Fakes.FakeLinks();
    private final Fakes.Master master = new Fakes.Master();
    private final LinkWatch watch = new LinkWatch(master.router, Duration.ofDays(1));

    @BeforeEach
    void start() {
        watch.bindWorkerLinks(links, Map.of());
    }

    @AfterEach
    void stop() {
        watch.deactivate();
        master.close();
    }

    private static Transaction line(Transaction.Kind kind, OrderStatus outcome, Refusal reason) {
        boolean deposit = kind == Transaction.Kind.DEPOSIT;
        return new Transaction(
                1,
                kind,
                deposit ? null : new OrderId(5),
                deposit ? null : new Symbol("ACME"),
                Quantity.parse("2"),
                Price.parse("10"),
                Money.parse("-20"),
                outcome,
                reason,
                new Transaction.TransactionTimes(Fakes.NOW, Fakes.NOW, Fakes.NOW, Fakes.NOW, Fakes.NOW),
                "replay");
    }

    @Test
    @Tag("PRO-8")
    void ordersThatEndedBecomeNoticesOfTheirAccount() {
        OrderPusher pusher = new OrderPusher();
        pusher.bindWorkerLinks(links, Map.of());
        AccountId alice = new AccountId(3);
        Refusal short_ = Refusal.of(ReasonCode.INSUFFICIENT_CASH);

        pusher.ended(List.of(
                new EndedOrder(alice, line(Transaction.Kind.BUY, OrderStatus.FILLED, null)),
                new EndedOrder(alice, line(Transaction.Kind.DEPOSIT, OrderStatus.FILLED, null)),
                new EndedOrder(alice, line(Transaction.Kind.SELL, OrderStatus.REJECTED, short_))));

        Return.Traded buy = new Return.Traded(new OrderId(5), Side.BUY, new Symbol("ACME"), Quantity.parse("2"));
        Return.Traded sell = new Return.Traded(new OrderId(5), Side.SELL, new Symbol("ACME"), Quantity.parse("2"));
        assertThat(links.pushes)
                .containsExactly(new LinkPush.Notices(List.of(
                        new LinkPush.AccountNotice(
                                alice, new Return.OrderFilled(buy, Price.parse("10"), Money.parse("-20"), Fakes.NOW)),
                        new LinkPush.AccountNotice(alice, new Return.OrderRejected(sell, short_)))));
    }

    @Test
    @Tag("MST-9")
    void endedSessionsArePushed() {
        SessionPusher pusher = new SessionPusher();
        pusher.bindWorkerLinks(links, Map.of());

        pusher.ended(List.of(Fakes.SESSION));

        assertThat(links.pushes).containsExactly(new LinkPush.SessionsEnded(List.of(Fakes.SESSION)));
        pusher.unbindWorkerLinks(links);
        pusher.ended(List.of(Fakes.SESSION));
        assertThat(links.pushes).hasSize(1);
    }

    @Test
    @Tag("MST-24")
    void pricesArePushedInPiecesAndWithoutChangesToo() {
        PricePusher pusher = new PricePusher(Fakes.SETTINGS, Fakes.CLOCK);
        pusher.bindWorkerLinks(links, Map.of());
        pusher.bindTerms(() -> Fakes.TERMS, Map.of());
        Price one = Price.parse("1");
        Asset asset =
                new Asset(new Symbol("ACME"), new Bar(Fakes.NOW, Fakes.NOW, one, one, one, one, Volume.ZERO), "replay");

        pusher.prices(List.of(), Fakes.STATUS);
        pusher.prices(Collections.nCopies(Pusher.BATCH_MAX + 1, asset), Fakes.STATUS);

        assertThat(links.pushes)
                .extracting(push -> ((LinkPush.Market) push).changed().size())
                .containsExactly(0, Pusher.BATCH_MAX, 1);
        assertThat(((LinkPush.Market) links.pushes.get(0)).info().market().nextInterval())
                .isEqualTo(Fakes.STATUS.nextInterval());
    }

    @Test
    @Tag("MST-22")
    void listOfWorkersIsPushedWhenItChanged() {
        links.connected = List.of(Fakes.WORKER);
        watch.look();
        watch.look();
        assertThat(links.pushes).containsExactly(new LinkPush.WorkerList(new Return.Workers(List.of(Fakes.SERVER))));

        master.workers.available = List.of();
        watch.look();

        assertThat(links.pushes).hasSize(2).last().isEqualTo(new LinkPush.WorkerList(new Return.Workers(List.of())));
    }

    @Test
    @Tag("PRO-15")
    void presenceOfAWorkerWhoseLinkIsGoneIsForgotten() {
        links.connected = List.of(Fakes.WORKER, OTHER);
        master.router.welcome(Fakes.WORKER);
        master.router.welcome(OTHER);
        watch.look();
        watch.look();
        assertThat(master.sessions.presence).containsExactly("1 reset", "2 reset");

        links.connected = List.of(OTHER);
        watch.look();
        watch.look();
        watch.look();

        assertThat(master.sessions.presence).containsExactly("1 reset", "2 reset", "1 reset");
    }

    @Test
    @Tag("PRO-15")
    void aRouterThatTakesOverForgetsTheWorkersOfItsPredecessorToo() {
        links.connected = List.of(Fakes.WORKER);
        watch.look();
        assertThat(master.sessions.presence).isEmpty();

        links.connected = List.of();
        watch.look();
        watch.look();

        assertThat(master.sessions.presence).containsExactly("1 reset");
    }

    @Test
    @Tag("PRO-15")
    void aWorkerThatIsJustBeingWelcomedIsNotForgotten() {
        master.router.welcome(Fakes.WORKER);
        watch.look();
        links.connected = List.of(Fakes.WORKER);
        watch.look();
        links.connected = List.of();
        watch.look();

        assertThat(master.sessions.presence).containsExactly("1 reset");
    }

    @Test
    @Tag("PRO-15")
    void aSessionsModuleThatTakesOverHearsAllPresenceAgain() {
        SessionId left = SessionId.parse("17".repeat(32));
        master.router.welcome(Fakes.WORKER);
        master.router.presence(Fakes.WORKER, List.of(new Presence(Fakes.SESSION, true), new Presence(left, true)));
        master.router.presence(Fakes.WORKER, List.of(new Presence(left, false)));
        assertThat(master.sessions.presence).containsExactly("1 reset", "1+42", "1+17", "1-17");

        Fakes.FakeSessions successor = new Fakes.FakeSessions();
        master.router.bindPresence(successor, Map.of());
        master.router.unbindPresence(master.sessions);
        master.router.presence(Fakes.WORKER, List.of(new Presence(Fakes.SESSION, false)));

        assertThat(successor.presence).containsExactly("1 reset", "1+42", "1-42");
        assertThat(master.sessions.presence).hasSize(4);
    }
}
