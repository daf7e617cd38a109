package org.papertrader.master.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.papertrader.accounts.api.Credentials;
import org.papertrader.accounts.api.LoginOutcome;
import org.papertrader.accounts.api.LogoutOutcome;
import org.papertrader.accounts.api.RegisterOutcome;
import org.papertrader.accounts.api.Registration;
import org.papertrader.accounts.api.UserInfoOutcome;
import org.papertrader.gate.BusyException;
import org.papertrader.gate.UnavailableException;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.marketdata.api.AssetListQuery;
import org.papertrader.marketdata.api.AssetListReply;
import org.papertrader.marketdata.api.Freshness;
import org.papertrader.marketdata.api.MarketQuery;
import org.papertrader.marketdata.api.MarketReply;
import org.papertrader.model.Email;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.Portfolio;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.SessionId;
import org.papertrader.model.Side;
import org.papertrader.model.UserInfo;
import org.papertrader.protocol.api.ConnectionState;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.protocol.api.ServerInfo;
import org.papertrader.trading.api.CancelOutcome;
import org.papertrader.trading.api.OrderOutcome;
import org.papertrader.trading.api.OrderTicket;
import org.papertrader.trading.api.OrdersOutcome;
import org.papertrader.trading.api.PortfolioOutcome;
import org.papertrader.trading.api.TradingTerms;
import org.papertrader.trading.api.TransactionsOutcome;

@Tag("MST-2")
class RouterTest extends RouterRig {
    @Test
    @Tag("PRO-16")
    void logsInThroughAccounts() {
        master.accounts.script.answers(new LoginOutcome.LoggedIn(Fakes.SESSION, Fakes.session()));

        LinkReply reply = ask(SessionId.NONE, new Request.Login(ALICE, PASS, true));

        assertThat(reply).isEqualTo(new LinkReply.ActiveSession(Fakes.SESSION, Fakes.session()));
        assertThat(master.accounts.script.asked).containsExactly(new Credentials("alice", PASS.toHex(), true));
        assertThat(ask(new Request.ResumeSession())).isEqualTo(reply);
    }

    @Test
    void refusalsKeepTheirReasonInTheReturnOfTheRequest() {
        master.accounts.script.answers(new LoginOutcome.Refused(refusal(ReasonCode.BAD_CREDENTIALS)));
        assertThat(fail(ask(SessionId.NONE, new Request.Login(ALICE, PASS, true))))
                .isEqualTo(new Return.Refused(Instruction.LOGIN_FAIL, refusal(ReasonCode.BAD_CREDENTIALS)));

        master.accounts.script.answers(new RegisterOutcome.Refused(refusal(ReasonCode.USER_NAME_TAKEN)));
        assertThat(fail(ask(SessionId.NONE, register())).instruction()).isEqualTo(Instruction.REGISTER_FAIL);

        master.trading.script.answers(new OrderOutcome.Refused(refusal(ReasonCode.INSUFFICIENT_CASH)));
        assertThat(fail(ask(BUY)).instruction()).isEqualTo(Instruction.PURCHASE_FAIL);

        master.market.script.answers(new MarketReply.Refused(refusal(ReasonCode.UNKNOWN_ASSET)));
        assertThat(fail(ask(new Request.GetAssetInfo(ACME))).instruction()).isEqualTo(Instruction.DATA_FAIL);
    }

    @Test
    @Tag("PRO-16")
    void registersAndLogsOut() {
        master.accounts.script.answers(new RegisterOutcome.Registered(ALICE));
        assertThat(ask(SessionId.NONE, register())).isEqualTo(yes(new Return.RegisterSuccess(ALICE)));
        assertThat(master.accounts.script.asked)
                .containsExactly(new Registration("alice", "alice@example.org", PASS.toHex()));

        master.accounts.script.answers(new LogoutOutcome.LoggedOut());
        assertThat(ask(new Request.Logout())).isEqualTo(yes(new Return.LogoutSuccess()));
    }

    @Test
    @Tag("PRO-14")
    void givesUserInfoAsData() {
        UserInfo.Personal own = new UserInfo.Personal(new Email("alice@example.org"), true, false);
        master.accounts.script.answers(new UserInfoOutcome.Found(new UserInfo(ALICE, Fakes.NOW, own)));
        assertThat(data(ask(new Request.GetUserInfo(ALICE)))).contains("alice@example.org");

        master.accounts.script.answers(new UserInfoOutcome.Found(new UserInfo(ALICE, Fakes.NOW, null)));
        assertThat(data(ask(new Request.GetUserInfo(ALICE)))).contains("own=Optional.empty");
    }

    @Test
    @Tag("PRO-16")
    void buysSellsAndCancelsThroughTrading() {
        OrderId id = new OrderId(9);
        Money free = Money.parse("12.5");
        master.trading.script.answers(new OrderOutcome.Accepted(id, Money.parse("3"), free, 4));

        assertThat(ask(BUY)).isEqualTo(yes(new Return.PurchaseSuccess(id, Money.parse("3"), free, 4)));
        assertThat(ask(new Request.Sell(ACME, TWO, Optional.empty())))
                .isEqualTo(yes(new Return.SellSuccess(id, free, 4)));
        master.trading.script.answers(new CancelOutcome.Cancelled(id, free, 5));
        assertThat(ask(new Request.CancelOrder(id))).isEqualTo(yes(new Return.CancelSuccess(id, free, 5)));
        assertThat(master.trading.script.asked)
                .containsExactly(
                        new OrderTicket(Side.BUY, ACME, TWO, OWN_ID.get()),
                        new OrderTicket(Side.SELL, ACME, TWO, null),
                        id);
    }

    @Test
    @Tag("PRO-7")
    void givesPortfolioHistoryAndOrdersAsData() {
        Portfolio portfolio = new Portfolio(ALICE, Money.parse("100"), Money.ZERO, 1, List.of(), Fakes.NOW);
        master.trading.script.answers(new PortfolioOutcome.Own(portfolio));
        assertThat(data(ask(new Request.GetUserPortfolio(ALICE)))).startsWith("OwnPortfolio");
        master.trading.script.answers(new PortfolioOutcome.Public(ALICE, Money.parse("100")));
        assertThat(data(ask(new Request.GetUserPortfolio(ALICE)))).startsWith("PublicPortfolio");
        master.trading.script.answers(new TransactionsOutcome.Page(List.of(), true));
        assertThat(data(ask(new Request.GetUserTransactionHistory(ALICE, 5)))).contains("more=true");
        master.trading.script.answers(new OrdersOutcome.Page(List.of(), false));
        assertThat(data(ask(new Request.GetOrders(true, Optional.of(new OrderId(8))))))
                .startsWith("OrderPage");
        assertThat(master.trading.script.asked).containsExactly(ALICE, ALICE, "alice 5", "true 8");
    }

    @ParameterizedTest
    @MethodSource("queries")
    @Tag("PRO-7")
    void asksMarketDataForValues(Request request, MarketQuery query) {
        master.market.script.answers(
                new MarketReply.Series(ACME, List.of(), "replay", new Freshness(Fakes.NOW, Fakes.NOW.plusSeconds(3))));

        assertThat(data(ask(request))).startsWith("Series").contains("source=replay");
        assertThat(master.market.script.asked).containsExactly(query);
    }

    @Test
    @Tag("PRO-7")
    void listsAssets() {
        master.market.script.answers(new AssetListReply.Page(List.of(), true, new Freshness(Fakes.NOW, Fakes.NOW)));

        assertThat(data(ask(new Request.ListAssets("AC", Optional.of(ACME))))).contains("more=true");
        assertThat(master.market.script.asked).containsExactly(new AssetListQuery("AC", ACME));
    }

    @Test
    @Tag("PRO-2")
    @Tag("OVR-2")
    void valuesNeedAnActiveSession() {
        SessionId ended = SessionId.parse("13".repeat(32));

        assertThat(fail(ask(ended, new Request.GetAssetInfo(ACME)))).isEqualTo(Return.error(ReasonCode.NO_SESSION));
        assertThat(master.market.script.asked).isEmpty();
    }

    @Test
    @Tag("PRO-16")
    void aWorkerMayGetOnItsOwnAccount() {
        master.market.script.answers(new MarketReply.Refused(refusal(ReasonCode.NO_VALUE)));

        assertThat(fail(ask(SessionId.NONE, new Request.GetAssetValueCurrent(ACME)))
                        .refusal()
                        .code())
                .isEqualTo(ReasonCode.NO_VALUE);
    }

    @Test
    @Tag("MST-9")
    void checksSessionsForWorkers() {
        LinkRequest.Call check = new LinkRequest.Call.CheckSession();

        assertThat(await(master.router.handle(new LinkRequest(Fakes.caller(Fakes.SESSION), check))))
                .isEqualTo(new LinkReply.ActiveSession(Fakes.SESSION, Fakes.session()));
        assertThat(fail(await(master.router.handle(new LinkRequest(Fakes.caller(SessionId.NONE), check)))))
                .extracting(no -> no.refusal().code())
                .isEqualTo(ReasonCode.NO_SESSION);
    }

    @Test
    @Tag("MST-22")
    void tellsWorkersAndServerInfo() {
        assertThat(ask(SessionId.NONE, new Request.GetWorkers()))
                .isEqualTo(yes(new Return.Workers(List.of(Fakes.SERVER))));
        LinkReply.Answer info = (LinkReply.Answer) ask(SessionId.NONE, new Request.GetServerInfo());
        assertThat(info.answer()).isInstanceOfSatisfying(Return.ServerInfoReturn.class, told -> {
            assertThat(told.info().realm()).isEqualTo("realm");
            assertThat(told.info().versions()).containsExactly(1);
            assertThat(told.info().market().time()).isEqualTo(Fakes.STATUS.marketTime());
            assertThat(told.info().software()).matches("PaperTrader/[0-9]+\\.[0-9]+\\.[0-9]+");
        });
    }

    @Test
    @Tag("PRO-6")
    void tellsTheTermsOfTradingAsTheyAreNow() {
        master.terms = new TradingTerms.Terms(Money.parse("50"), 7, Money.parse("1.5"), 3);
        LinkReply.Answer info = (LinkReply.Answer) ask(SessionId.NONE, new Request.GetServerInfo());
        assertThat(((Return.ServerInfoReturn) info.answer()).info().terms())
                .isEqualTo(new ServerInfo.Terms(Money.parse("50"), 7, Money.parse("1.5"), 3));
    }

    @Test
    @Tag("PRO-5")
    void whatEndsAtTheWorkerIsNotAllowed() {
        for (Request request : List.of(
                new Request.SwitchState(ConnectionState.COMMAND), new Request.Subscribe(), new Request.Ping())) {
            assertThat(fail(ask(request)).refusal().code()).as("%s", request).isEqualTo(ReasonCode.NOT_ALLOWED);
        }
    }

    @Test
    void failuresOfModulesBecomeReasons() {
        master.trading.script.fails(new BusyException("trading"));
        assertThat(fail(ask(BUY)).refusal().code()).isEqualTo(ReasonCode.BUSY);
        master.trading.script.fails(new UnavailableException("storage"));
        assertThat(fail(ask(BUY)).refusal().code()).isEqualTo(ReasonCode.UNAVAILABLE);
        master.accounts.script.fails(new IllegalStateException("a fault"));
        assertThat(fail(ask(new Request.GetUserInfo(ALICE))).refusal().code()).isEqualTo(ReasonCode.INTERNAL);
        master.accounts.script.answer = question -> {
            throw new IllegalStateException("a fault before any stage");
        };
        assertThat(fail(ask(new Request.GetUserInfo(ALICE))).refusal().code()).isEqualTo(ReasonCode.INTERNAL);
        master.accounts.script.answer = question -> null;
        assertThat(fail(ask(new Request.GetUserInfo(ALICE))).refusal().code()).isEqualTo(ReasonCode.INTERNAL);
    }

    @Test
    @Tag("PRO-16")
    void aFaultOfAChangeIsNeverToldAsNotDone() {
        master.trading.script.fails(new IllegalStateException("a fault"));
        master.accounts.script.fails(new IllegalStateException("a fault"));

        assertThat(fail(ask(BUY)).refusal().code()).isEqualTo(ReasonCode.OUTCOME_UNKNOWN);
        assertThat(fail(ask(SessionId.NONE, register())).refusal().code()).isEqualTo(ReasonCode.OUTCOME_UNKNOWN);
    }

    @Test
    void welcomesAWorkerWithMarketAndWorkers() {
        List<LinkPush> first = master.router.welcome(Fakes.WORKER);

        assertThat(first).hasSize(2);
        assertThat(first.get(0)).isInstanceOfSatisfying(LinkPush.Market.class, market -> {
            assertThat(market.source()).isEqualTo("replay");
            assertThat(market.info().currency()).isEqualTo("USD");
            assertThat(market.changed()).isEmpty();
        });
        assertThat(first.get(1)).isEqualTo(new LinkPush.WorkerList(new Return.Workers(List.of(Fakes.SERVER))));
        master.market.status = Optional.empty();
        master.router.unbindWorkers(master.workers);
        assertThat(master.router.welcome(Fakes.WORKER)).isEmpty();
    }
}
