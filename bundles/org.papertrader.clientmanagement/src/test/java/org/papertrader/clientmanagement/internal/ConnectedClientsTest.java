package org.papertrader.clientmanagement.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.SessionId;
import org.papertrader.sessions.api.PresenceListener.Presence;

@Tag("WRK-3")
@Tag("PRO-15")
class ConnectedClientsTest {
    private static final SessionId A = session(1);
    private static final SessionId B = session(2);

    private final List<Presence> told = new ArrayList<>();
    private final ConnectedClients clients = new ConnectedClients(3, told::addAll);

    @Test
    void tellsTheFirstAndTheLastConnectionOfASession() {
        clients.opened(1, "a");
        clients.opened(2, "b");
        clients.uses(1, A);
        clients.uses(2, A);
        clients.closed(1);
        assertThat(told).containsExactly(new Presence(A, true));
        clients.closed(2);
        assertThat(told).containsExactly(new Presence(A, true), new Presence(A, false));
    }

    @Test
    void tellsTheChangeFromOneSessionToAnother() {
        clients.opened(1, "a");
        clients.uses(1, A);
        clients.uses(1, B);
        assertThat(told).containsExactly(new Presence(A, true), new Presence(B, true), new Presence(A, false));
        assertThat(clients.using(B)).containsExactly(1L);
        assertThat(clients.using(A)).isEmpty();
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
        clients.uses(1, A);
        told.clear();
        clients.tellAll();
        assertThat(told).containsExactly(new Presence(A, true));
    }

    private static SessionId session(int first) {
        byte[] bytes = new byte[SessionId.LENGTH];
        bytes[0] = (byte) first;
        return SessionId.of(bytes);
    }
}
