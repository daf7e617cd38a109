package org.papertrader.clientmanagement.internal;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the shell's {@code status} shows of a worker's clients. */
@Component(
        service = ClientsSection.class,
        property = {"osgi.command.scope=status", "osgi.command.function=clients"})
public final class ClientsSection {
    private final LocalClientSessions sessions;

    @Activate
    public ClientsSection(@Reference LocalClientSessions sessions) {
        this.sessions = sessions;
    }

    /** How many there are. */
    public Map<String, Object> clients() {
        return Map.of("connected", sessions.connected().size());
    }
}
