package org.papertrader.clientmanagement.internal;

import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell command {@code clients:list}. */
@Component(
        service = ClientCommands.class,
        property = {"osgi.command.scope=clients", "osgi.command.function=list"})
public final class ClientCommands {
    private static final int ROWS_MAX = 100;

    private final LocalClientSessions sessions;

    @Activate
    public ClientCommands(@Reference LocalClientSessions sessions) {
        this.sessions = sessions;
    }

    /** The connected clients, at most 100 of them, with their users; session ids are never shown. */
    public String list() {
        Map<Long, ConnectedClients.Client> clients = sessions.connected();
        String rows = clients.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(ROWS_MAX)
                .map(entry -> "%-12d %-40s %-24s"
                        .formatted(entry.getKey(), entry.getValue().address(), users(entry.getValue()))
                        .stripTrailing())
                .collect(Collectors.joining("\n"));
        return "%-12s %-40s %s%n%s%s%d connected"
                .formatted("CONNECTION", "ADDRESS", "USERS", rows, rows.isEmpty() ? "" : "\n", clients.size());
    }

    private static String users(ConnectedClients.Client client) {
        String names = client.sessions().values().stream()
                .map(session -> session.userName().value())
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
        return names.isEmpty() ? "-" : names;
    }
}
