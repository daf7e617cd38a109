package org.papertrader.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.client.FakeWorker.Books;
import org.papertrader.client.TestServer.Identity;
import org.papertrader.model.Email;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.SessionId;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.api.HashedPass;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;

/** A client goes on at another worker, and nothing is lost or done twice by it. */
@Tag("MST-22")
class RoamingTest {
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Quantity ONE = Quantity.parse("1");
    private static final SessionId SESSION = SessionId.parse("ab".repeat(32));
    private static final Return MOVE = new Return.MoveToWorker(Refusal.of(ReasonCode.SHUTTING_DOWN));

    private final Books books = new Books();
    private final Queue<ClientOptions.Moved> moves = new ConcurrentLinkedQueue<>();
    private final Queue<Return> notices = new ConcurrentLinkedQueue<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private FakeWorker first;
    private FakeWorker second;

    @BeforeEach
    void start() throws IOException {
        books.sessions.add(SESSION);
        first = open(FakeWorker.plain(books));
        second = open(FakeWorker.plain(books));
        books.workers = List.of(first.entry(), second.entry());
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private <C extends AutoCloseable> C open(C closeable) {
        opened.add(0, closeable);
        return closeable;
    }

    private ClientOptions options() {
        return ClientOptions.defaults()
                .withTrust(ServerTrust.plaintext())
                .withMeasuring(Duration.ZERO)
                .withRequestTimeout(Duration.ofSeconds(10))
                .withNotices(notices::add)
                .withMoves(moves::add);
    }

    private TraderClient client(WorkerSource source, ClientOptions options) {
        TraderClient client = open(TraderClient.connect(source, options));
        client.resume(SESSION).join();
        return client;
    }

    private TraderClient client() {
        return client(WorkerSource.workers(books.workers), options());
    }

    private void awaitMoveTo(FakeWorker worker) {
        await().until(() -> moves.stream().anyMatch(moved -> moved.to().equals(worker.address())));
    }

    @Test
    @Tag("PRO-16")
    void anOrderWhoseAnswerWasLostIsSentAgainAndStaysOne() {
        TraderClient client = client();
        first.unanswered = Request.Purchase.class::isInstance;

        Return.PurchaseSuccess done = client.buy(AAPL, ONE, null).join();

        assertThat(books.orders)
                .containsOnlyKeys(
                        ((Request.Purchase) only(first)).clientOrderId().orElseThrow());
        assertThat(only(second)).isEqualTo(only(first));
        assertThat(done.orderId()).isEqualTo(new OrderId(1));
        assertThat(client.server()).isEqualTo(second.address());
        assertThat(second.count(Request.ResumeSession.class)).isOne();
        awaitMoveTo(second);
        assertThat(moves).singleElement().satisfies(moved -> {
            assertThat(moved.from()).isEqualTo(first.address());
            assertThat(moved.sessionKept()).isTrue();
        });
    }

    private static Request only(FakeWorker worker) {
        return worker.asked.stream()
                .filter(Request.Purchase.class::isInstance)
                .reduce((one, other) -> {
                    throw new AssertionError("two orders: " + one + ", " + other);
                })
                .orElseThrow();
    }

    @Test
    void eachOrderWithoutAnIdGetsItsOwn() {
        TraderClient client = client();
        client.buy(AAPL, ONE, null).join();
        client.buy(AAPL, ONE, null).join();

        assertThat(books.orders).hasSize(2);
    }

    @Test
    void noReadFailsWhileTheClientMoves() throws Exception {
        TraderClient client = client();
        List<CompletableFuture<?>> reads = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            reads.add(client.orders(false, null));
            if (i == 100) {
                first.notice(MOVE);
            }
        }
        CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        awaitMoveTo(second);
        client.orders(false, null).join();

        assertThat(notices).as("the client moves by itself").isEmpty();
        assertThat(second.count(Request.GetOrders.class)).isPositive();
    }

    @Test
    @Tag("PRO-16")
    void whatALeavingWorkerCannotDoIsDoneByTheNext() throws Exception {
        TraderClient client = client();
        first.refused = Request.Purchase.class::isInstance;
        first.notice(MOVE);
        await().until(() -> client.buy(AAPL, ONE, null).join().orderId() != null);

        awaitMoveTo(second);
        assertThat(books.orders).hasSize(1);
    }

    @Test
    void aWorkerThatClosesGetsNothingMore() throws Exception {
        TraderClient client = client();
        first.notice(new Return.Closing(Refusal.of(ReasonCode.IDLE_TIMEOUT)));
        awaitMoveTo(second);
        client.orders(false, null).join();

        assertThat(first.count(Request.GetOrders.class)).isZero();
        assertThat(moves).singleElement().satisfies(moved -> assertThat(moved.reason())
                .isEqualTo(Refusal.of(ReasonCode.IDLE_TIMEOUT).text()));
    }

    @Test
    void aWorkerThatGivesNoSignIsLeft() {
        TraderClient client =
                client(WorkerSource.workers(books.workers), options().withRequestTimeout(Duration.ofSeconds(1)));
        first.mute = Request.GetOrders.class::isInstance;

        assertThat(client.orders(false, null))
                .failsWithin(5, TimeUnit.SECONDS)
                .withThrowableThat()
                .withRootCauseInstanceOf(TimeoutException.class);
        awaitMoveTo(second);
    }

    @Test
    void whatAWorkerThatStaysRefusesIsRefused() {
        TraderClient client = client();
        first.refused = Request.Purchase.class::isInstance;

        assertThatThrownBy(() -> client.buy(AAPL, ONE, null).join()).hasRootCauseInstanceOf(RefusedException.class);
        assertThat(moves).isEmpty();
    }

    @Test
    void theOldConnectionEndsWhenAllIsAnswered() throws Exception {
        TraderClient client = client();
        first.notice(MOVE);
        awaitMoveTo(second);
        first.close();

        client.orders(false, null).join();
        assertThat(moves).hasSize(1);
    }

    @Test
    void theSubscriptionMovesAlongAndNothingIsToldTwice() throws Exception {
        TraderClient client = client();
        client.subscribe().join();
        Return filled = filled(1);
        first.notice(filled);
        await().until(() -> notices.size() == 1);
        first.cut();
        awaitMoveTo(second);
        second.notice(filled);
        second.notice(filled(2));

        await().until(() -> notices.size() == 2);
        assertThat(notices).containsExactly(filled, filled(2));
        assertThat(second.count(Request.Subscribe.class)).isOne();
    }

    private static Return filled(long order) {
        return new Return.OrderFilled(
                new Return.Traded(new OrderId(order), Side.BUY, AAPL, ONE),
                Price.parse("1"),
                Money.parse("-1"),
                Instant.EPOCH);
    }

    @Test
    @Tag("PRO-16")
    void requestsWaitInOrderUntilAWorkerComesBack() throws Exception {
        TraderClient client = client();
        int port = second.port();
        first.close();
        second.close();
        List<CompletableFuture<Return.PurchaseSuccess>> orders = IntStream.range(0, 20)
                .mapToObj(i -> client.buy(AAPL, ONE, null))
                .toList();
        assertThat(orders).noneMatch(CompletableFuture::isDone);
        // Another test on this machine may have the port for a moment.
        open(await().ignoreExceptionsInstanceOf(BindException.class)
                .until(() -> FakeWorker.plain(books, port), Objects::nonNull));

        assertThat(orders.stream().map(order -> order.join().orderId().value()))
                .isEqualTo(IntStream.rangeClosed(1, 20).mapToObj(Long::valueOf).toList());
    }

    @Test
    void whatWaitsInVainFailsInTimeAndSaysWhy() {
        TraderClient client =
                client(WorkerSource.workers(books.workers), options().withRequestTimeout(Duration.ofMillis(700)));
        first.close();
        second.close();

        assertThat(client.orders(false, null))
                .failsWithin(5, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> client.blocking().orders(false))
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageContaining("no worker could be had in time")
                .hasMessageContaining("cannot connect to localhost:");
    }

    private Requests requests() {
        return open(Requests.open(new WorkerRoute(WorkerSource.workers(books.workers), options()), options()));
    }

    @Test
    void noMoreThanABoundWait() {
        Requests requests = requests();
        first.close();
        second.close();
        await().until(() -> !requests.latest().isOpen());
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i <= Requests.WAITING_MAX; i++) {
            all.add(requests.send(SESSION, new Request.Ping()));
        }

        assertThat(all.stream().filter(CompletableFuture::isDone)).hasSize(1);
        assertThatThrownBy(() -> all.get(Requests.WAITING_MAX).join())
                .hasCauseInstanceOf(RefusedException.class)
                .hasMessageContaining("busy");
        requests.close();
        assertThat(all).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    @Tag("PRO-10")
    void aWorkerWithAnotherCertificateIsPassedOver(@TempDir Path keys) throws Exception {
        Identity identity = Identity.make(keys, "server");
        Identity another = Identity.make(keys, "another");
        FakeWorker a = open(FakeWorker.tls(books, identity));
        FakeWorker b = open(FakeWorker.tls(books, another));
        FakeWorker c = open(FakeWorker.tls(books, identity));
        WorkerServer last = c.entry();
        WorkerServer far = new WorkerServer(
                last.uuid(), last.name(), last.host(), last.port(), "far", last.certificateFingerprint());
        WorkerSource source = WorkerSource.workers(
                List.of(a.entry(), b.entry(identity.fingerprint().hex()), far));
        TraderClient client = client(source, options());
        a.close();

        client.orders(false, null).join();
        assertThat(client.server()).isEqualTo(c.address());
        assertThat(b.asked).isEmpty();
    }

    @Test
    @Tag("PRO-10")
    void theMasterIsAskedWhenNoKnownWorkerCanBeHad() throws Exception {
        FakeWorker master = open(FakeWorker.plain(books));
        books.workers = List.of(first.entry());
        TraderClient client = client(WorkerSource.master("localhost", master.port()), options());
        assertThat(master.count(Request.GetWorkers.class)).isOne();
        books.workers = List.of(second.entry());
        first.close();

        client.orders(false, null).join();
        assertThat(client.server()).isEqualTo(second.address());
    }

    @Test
    void aSessionThatEndedMeanwhileIsSaid() throws Exception {
        TraderClient client = client();
        books.sessions.clear();
        first.cut();
        awaitMoveTo(second);

        assertThat(moves).singleElement().matches(moved -> !moved.sessionKept());
        assertThat(client.session()).isEqualTo(SessionId.NONE);
        assertThatThrownBy(() -> client.orders(false, null).join())
                .hasRootCauseInstanceOf(RefusedException.class)
                .hasMessageContaining("noSession");
    }

    @Test
    void aLogoutWhoseAnswerWasLostIsDone() {
        TraderClient client = client();
        first.unanswered = Request.Logout.class::isInstance;

        assertThat(client.logout()).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(books.sessions).isEmpty();
        assertThat(client.session()).isEqualTo(SessionId.NONE);
    }

    @Test
    void whatMustNotBeDoneTwiceIsNotSentTwice() {
        Requests requests = requests();
        HashedPass hash = HashedPass.of(new byte[HashedPass.LENGTH]);
        for (Request request : List.of(
                new Request.Register(new UserName("ada"), new Email("ada@example.org"), hash),
                new Request.Login(new UserName("ada"), hash, true))) {
            first.unanswered = request::equals;
            second.unanswered = request::equals;
            assertThatThrownBy(() -> requests.send(SessionId.NONE, request).join())
                    .hasCauseInstanceOf(ConnectionLostException.class);
            assertThat(Stream.of(first, second).mapToLong(worker -> worker.count(request.getClass())))
                    .containsExactlyInAnyOrder(1L, 0L);
            assertThat(requests.send(SessionId.NONE, new Request.Ping())).succeedsWithin(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aClientOfOneServerEndsWithItsConnection() throws Exception {
        TraderClient client = open(TraderClient.connect("localhost", first.port(), options()));
        client.resume(SESSION).join();
        first.notice(MOVE);
        await().until(() -> notices.contains(MOVE));
        first.unanswered = Request.GetOrders.class::isInstance;

        assertThatThrownBy(() -> client.orders(false, null).join())
                .hasRootCauseInstanceOf(ConnectionLostException.class)
                .hasMessageContaining(Refusal.of(ReasonCode.SHUTTING_DOWN).text());
        assertThat(client.isOpen()).isFalse();
        assertThat(moves).isEmpty();
    }
}
