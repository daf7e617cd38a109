package org.papertrader.master.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.provider.Arguments;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.marketdata.api.MarketQuery;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Email;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.protocol.api.AsOf;
import org.papertrader.protocol.api.HashedPass;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;

/** What the tests of Router have in common. */
abstract class RouterRig {
    static final UserName ALICE = new UserName("alice");
    static final Symbol ACME = new Symbol("ACME");
    static final Quantity TWO = Quantity.parse("2");
    static final HashedPass PASS = HashedPass.parse("ab".repeat(32));
    static final Optional<ClientOrderId> OWN_ID = Optional.of(new ClientOrderId("o-1"));
    static final AsOf DAY = new AsOf.On(LocalDate.of(2026, 3, 1));
    static final Instant DAY_END = Instant.parse("2026-03-02T00:00:00Z");
    static final Request BUY = new Request.Purchase(ACME, TWO, OWN_ID);

    final Fakes.Master master = new Fakes.Master();

    @AfterEach
    void stop() {
        master.close();
    }

    CompletionStage<LinkReply> send(SessionId session, Request request) {
        return master.router.handle(new LinkRequest(Fakes.caller(session), new LinkRequest.Call.Forward(request)));
    }

    LinkReply ask(Request request) {
        return ask(Fakes.SESSION, request);
    }

    LinkReply ask(SessionId session, Request request) {
        return await(send(session, request));
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("a refusal is a reply too", e);
        }
    }

    static LinkReply yes(Return value) {
        return new LinkReply.Answer(value);
    }

    static String data(LinkReply reply) {
        return new String(((LinkReply.Data) reply).payload(), StandardCharsets.UTF_8);
    }

    static Return.Fail fail(LinkReply reply) {
        return (Return.Fail) ((LinkReply.Answer) reply).answer();
    }

    static Refusal refusal(ReasonCode code) {
        return Refusal.of(code);
    }

    static Request register() {
        return new Request.Register(ALICE, new Email("alice@example.org"), PASS);
    }

    static Stream<Arguments> queries() {
        return Stream.of(
                        Map.entry(new Request.GetAssetInfo(ACME), new MarketQuery.Info(ACME)),
                        Map.entry(new Request.GetAssetValueCurrent(ACME), new MarketQuery.Current(ACME)),
                        Map.entry(new Request.GetAssetValueDay(ACME, DAY), new MarketQuery.Day(ACME, DAY_END)),
                        Map.entry(new Request.GetAssetValueWeek(ACME, DAY), new MarketQuery.Week(ACME, DAY_END)),
                        Map.entry(new Request.GetAssetValueMonth(ACME, DAY), new MarketQuery.Month(ACME, DAY_END)),
                        Map.entry(new Request.GetAssetValueYear(ACME, DAY), new MarketQuery.Year(ACME, DAY_END)),
                        Map.entry(new Request.GetAssetValueAllTime(ACME), new MarketQuery.AllTime(ACME)),
                        Map.entry(
                                new Request.GetAssetValuePredicted(ACME, DAY),
                                new MarketQuery.Predicted(ACME, DAY_END)))
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }
}
