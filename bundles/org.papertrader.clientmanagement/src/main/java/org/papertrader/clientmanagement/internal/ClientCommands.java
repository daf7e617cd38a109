package org.papertrader.clientmanagement.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.shell.text.Facts;
import org.papertrader.shell.text.Listing;
import org.papertrader.shell.text.Typed;

/** Shell command {@code clients:list}. */
@Component(
        service = ClientCommands.class,
        property = {"osgi.command.scope=clients", "osgi.command.function=list"})
public final class ClientCommands {
    private static final int LIMIT_MAX = 10_000;

    private final LocalClientSessions sessions;

    @Activate
    public ClientCommands(@Reference LocalClientSessions sessions) {
        this.sessions = sessions;
    }

    /** The connected clients with their users; session ids are never shown. */
    @Descriptor("lists the clients that are connected to this worker, and their users")
    public String list(
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("how many at most, 1 to 10000") @Parameter(names = "--limit", absentValue = "100") String limit,
            @Descriptor("nothing more") String... words) {
        Typed.none(words, "clients:list [--limit NUMBER] [--json]");
        int most = Typed.number(limit, LIMIT_MAX);
        Map<Long, ConnectedClients.Client> clients = sessions.connected();
        List<Facts> rows = clients.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(most)
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList();
        return new Listing(
                        "clients",
                        rows,
                        Set.of("users"),
                        new Facts().add("connected", clients.size()),
                        rows.size() + " of " + clients.size() + " connected\n")
                .text(json);
    }

    private static Facts row(long connection, ConnectedClients.Client client) {
        List<String> users = client.sessions().values().stream()
                .map(session -> session.userName().value())
                .distinct()
                .sorted()
                .toList();
        return new Facts()
                .add("connection", connection)
                .add("address", client.address())
                .add("users", users);
    }
}
