package org.papertrader.gateway.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;
import org.papertrader.accounts.api.LogoutOutcome;
import org.papertrader.gate.Edge;
import org.papertrader.link.api.LinkDownException;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.ConnectionState;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.sessions.api.SessionCheck;

/** Sessions of a connection: used, subscribed and ended. */
class GatewaySessionsTest extends GatewayRig {
    @Test
    void anEndedSessionStopsEvenCachedReads() {
        sessions.remember(ID, ADA);
        inDataState();
        send(ID, new Request.GetAssetValueCurrent(AAPL));
        market.answer("101.5");
        sessions.forget(List.of(ID));
        sessions.check = new SessionCheck.Inactive(Refusal.of(ReasonCode.NO_SESSION));
        send(ID, new Request.GetAssetValueCurrent(AAPL));
        assertThat(lastReason()).isEqualTo(ReasonCode.NO_SESSION);
    }

    @Test
    @Tag("PRO-8")
    void aSubscriptionFollowsTheSessionThatSubscribed() {
        sessions.remember(ID, ADA);
        sessions.remember(id(2), BOB);
        send(ID, new Request.Subscribe());
        send(id(2), new Request.SwitchState(ConnectionState.COMMAND));

        gateway.notice(filled(BOB));
        assertThat(connection.notices).isEmpty();
        gateway.notice(filled(ADA));
        assertThat(connection.notices).hasSize(1);

        send(id(2), new Request.Subscribe());
        gateway.notice(filled(BOB));
        gateway.notice(filled(ADA));
        assertThat(connection.notices).hasSize(3);

        send(id(2), new Request.Logout());
        accounts.loggedOut.complete(new LogoutOutcome.LoggedOut());
        gateway.notice(filled(BOB));
        gateway.notice(filled(ADA));
        assertThat(connection.notices).hasSize(4);
    }

    @Test
    @Tag("PRO-8")
    @Tag("CARD-4")
    void noNoticeIsLostWhileClientManagementIsSwapped() {
        sessions.remember(ID, ADA);
        send(ID, new Request.Subscribe());
        backend.whenSessionsCome(gateway::tellAll);
        backend.unbindSessions(sessions);
        gateway.notice(filled(ADA));
        assertThat(connection.notices).isEmpty();

        backend.bindSessions(new FakeServices.MapSessions(), Map.of());
        assertThat(connection.notices).hasSize(1);
        gateway.notice(filled(BOB));
        gateway.notice(filled(ADA));
        assertThat(connection.notices).hasSize(2);
    }

    @Test
    @Tag("PRO-8")
    @Tag("CARD-4")
    void aClientManagementThatNobodyToldYetIsToldBeforeItIsAsked() {
        sessions.remember(ID, ADA);
        send(ID, new Request.Subscribe());
        gateway.notice(filled(ADA));
        assertThat(connection.notices).hasSize(1);

        backend.bindSessions(new FakeServices.MapSessions(), Map.of(Constants.SERVICE_RANKING, 1));
        gateway.notice(filled(ADA));
        assertThat(connection.notices).hasSize(2);
    }

    @Test
    @Tag("PRO-5")
    void anEndedSessionHearsNothingMoreWhoeverManagesClients() {
        sessions.remember(ID, ADA);
        send(ID, new Request.Subscribe());
        gateway.ended(Set.of(ID));
        sessions.forget(List.of(ID));
        backend.whenSessionsCome(gateway::tellAll);
        backend.bindSessions(new FakeServices.MapSessions(), Map.of(Constants.SERVICE_RANKING, 1));
        gateway.notice(filled(ADA));
        assertThat(connection.notices).isEmpty();
        assertThat(connection.carried().sessions()).isEmpty();
    }

    @Test
    @Tag("PRO-8")
    void aNoticeThatComesBeforeItsConnectionWaitsForIt() {
        sessions.remember(ID, ADA);
        send(ID, new Request.Subscribe());
        Gateway successor = new Gateway(backend, new Edge(10, Duration.ofMillis(100), timer), Clock.systemUTC(), 16);

        successor.notice(filled(BOB));
        successor.notice(filled(ADA));
        assertThat(connection.notices).isEmpty();
        successor.opened(connection);
        assertThat(connection.notices).hasSize(1);
        successor.notice(filled(ADA));
        assertThat(connection.notices).hasSize(2);
    }

    @Test
    @Tag("PRO-15")
    void aConnectionCarriesAllSessionsUsedOnItUntilThereAreTooMany() {
        for (int i = 1; i <= ProtocolLimits.CARRIED_SESSIONS_MAX + 1; i++) {
            sessions.remember(id(i), ADA);
            send(id(i), new Request.SwitchState(ConnectionState.COMMAND));
            assertThat(sessions.carried).hasSize(Math.min(i, ProtocolLimits.CARRIED_SESSIONS_MAX));
        }
        assertThat(sessions.carried).doesNotContainKey(id(1)).containsKey(id(2));

        List.copyOf(sessions.carried.keySet()).forEach(id -> send(id, new Request.Subscribe()));
        send(id(1), new Request.SwitchState(ConnectionState.COMMAND));
        assertThat(lastReason()).isEqualTo(ReasonCode.NOT_ALLOWED);

        sessions.forget(List.of(id(2)));
        send(id(1), new Request.SwitchState(ConnectionState.COMMAND));
        assertThat(last()).isInstanceOf(Return.StateSwitchSuccess.class);
    }

    @Test
    @Tag("PRO-15")
    void aNewClientManagementHearsOfAllSessionsOfAConnection() {
        sessions.remember(ID, ADA);
        sessions.remember(id(2), BOB);
        send(ID, new Request.Subscribe());
        send(id(2), new Request.SwitchState(ConnectionState.COMMAND));
        FakeServices.MapSessions next = new FakeServices.MapSessions();
        backend.unbindSessions(sessions);
        backend.bindSessions(next, Map.of());
        next.remember(ID, ADA);
        send(ID, new Request.SwitchState(ConnectionState.COMMAND));

        assertThat(next.carried).containsOnlyKeys(ID, id(2));
        gateway.notice(filled(ADA));
        assertThat(connection.notices).hasSize(1);
        next.carried.clear();
        gateway.tellAll();
        assertThat(next.carried).containsOnlyKeys(ID, id(2));
    }

    @Test
    @Tag("PRO-2")
    void whatFollowsALogoutHasNoSession() {
        sessions.remember(ID, ADA);
        send(ID, new Request.Logout());
        send(ID, BUY);
        assertThat(lastReason()).isEqualTo(ReasonCode.NO_SESSION);
        send(ID, new Request.ResumeSession());
        assertThat(last()).isInstanceOf(Return.Refused.class);
        assertThat(lastReason()).isEqualTo(ReasonCode.NO_SESSION);
        inDataState();
        send(ID, new Request.GetAssetValueCurrent(AAPL));
        assertThat(lastReason()).isEqualTo(ReasonCode.NO_SESSION);
        assertThat(trading.callers).isEmpty();
    }

    @Test
    @Tag("PRO-16")
    void aLogoutWaitsForTheOrdersThatWentBeforeIt() {
        sessions.remember(ID, ADA);
        trading.holds = true;
        send(ID, BUY);
        send(ID, BUY);
        send(ID, new Request.Logout());
        send(ID, BUY);
        assertThat(lastReason()).isEqualTo(ReasonCode.NO_SESSION);
        trading.held.get(0).run();
        assertThat(accounts.loggingOut).isEmpty();
        trading.held.get(1).run();
        assertThat(accounts.loggingOut).hasSize(1);
        assertThat(trading.callers).hasSize(2);
        accounts.loggedOut.complete(new LogoutOutcome.LoggedOut());
        assertThat(last()).isInstanceOf(Return.LogoutSuccess.class);
    }

    @Test
    @Tag("PRO-2")
    void aLogoutThatFailsLeavesTheSession() {
        sessions.remember(ID, ADA);
        send(ID, new Request.Logout());
        accounts.loggedOut.completeExceptionally(new LinkDownException());
        send(ID, BUY);
        assertThat(last()).isInstanceOf(Return.PurchaseSuccess.class);
    }
}
