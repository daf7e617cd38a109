package org.papertrader.clientmanagement.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.AccountId;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.model.UserName;
import org.papertrader.sessions.api.PresenceListener.Presence;

@Tag("WRK-3")
@Tag("PRO-15")
class ConnectedClientsTest {
    private static final AccountId OWNER = new AccountId(1);
    private static final SessionId A = session(1);
    private static final SessionId B = session(2);

    private final List<Presence> told = new ArrayList<>();
    private final ConnectedClients clients = new ConnectedClients(3, told::addAll);

    @Test
    void tellsTheFirstAndTheLastConnectionOfASession() {
        clients.opened(1, "a");
        clients.opened(2, "b");
        carries(1, A);
        carries(2, A);
        clients.closed(1);
        assertThat(told).containsExactly(new Presence(A, true));
        clients.closed(2);
        assertThat(told).containsExactly(new Presence(A, true), new Presence(A, false));
    }

    @Test
    void aConnectionKeepsAllSessionsThatItCarries() {
        clients.opened(1, "a");
        clients.opened(2, "a");
        carries(1, A);
        carries(2, A);
        carries(2, A, B);
        clients.closed(1);
        assertThat(told).containsExactly(new Presence(A, true), new Presence(B, true));
        carries(2, B);
        assertThat(told).endsWith(new Presence(A, false));
        assertThat(clients.using(B)).containsExactly(2L);
        assertThat(clients.using(A)).isEmpty();
    }

    @Test
    void tellsWhereTheSessionsOfAnAccountAreUntilTheyEnd() {
        clients.opened(1, "a");
        clients.opened(2, "a");
        carries(1, A, B);
        carries(2, B);
        assertThat(clients.connectionsOf(OWNER)).isEqualTo(Map.of(1L, Set.of(A, B), 2L, Set.of(B)));
        assertThat(clients.connectionsOf(new AccountId(2))).isEmpty();
        clients.ended(List.of(B));
        assertThat(clients.connectionsOf(OWNER)).isEqualTo(Map.of(1L, Set.of(A)));
        assertThat(clients.carried(2)).isEmpty();
        assertThat(told).endsWith(new Presence(B, false));
    }

    @Test
    void refusesMoreClientsThanItsBound() {
        assertThat(clients.opened(1, "a")).isTrue();
        assertThat(clients.opened(2, "a")).isTrue();
        assertThat(clients.opened(3, "a")).isTrue();
        assertThat(clients.opened(4, "a")).isFalse();
        assertThat(clients.opened(3, "a")).as("handed over after a swap").isTrue();
        clients.closed(1);
        assertThat(clients.opened(4, "a")).isTrue();
    }

    @Test
    void tellsAllAnewAfterTheLinkCameBack() {
        clients.opened(1, "a");
        carries(1, A);
        told.clear();
        clients.tellAll();
        assertThat(told).containsExactly(new Presence(A, true));
    }

    private void carries(long connection, SessionId... ids) {
        Map<SessionId, Session> sessions = new HashMap<>();
        for (SessionId id : ids) {
            sessions.put(
                    id, new Session(OWNER, new UserName("ada"), Instant.MAX, true, InetAddress.getLoopbackAddress()));
        }
        clients.carries(connection, sessions);
    }

    private static SessionId session(int first) {
        byte[] bytes = new byte[SessionId.LENGTH];
        bytes[0] = (byte) first;
        return SessionId.of(bytes);
    }
}
