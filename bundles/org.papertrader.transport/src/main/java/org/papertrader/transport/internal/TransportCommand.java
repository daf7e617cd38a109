package org.papertrader.transport.internal;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.shell.text.Facts;
import org.papertrader.shell.text.Listing;
import org.papertrader.shell.text.Typed;

/** Shell commands of ports: what they counted, and what clients know them by. */
@Component(
        service = TransportCommand.class,
        property = {"osgi.command.scope=transport", "osgi.command.function=list", "osgi.command.function=certificates"})
public final class TransportCommand {
    private final OpenPorts ports;

    @Activate
    public TransportCommand(@Reference OpenPorts ports) {
        this.ports = ports;
    }

    /** A row a port: connections, and what it counted. */
    @Descriptor("lists the open ports: connections, and what they counted since they were opened")
    public String list(
            @Descriptor("with all counters, a line each")
                    @Parameter(names = "--full", presentValue = "true", absentValue = "false")
                    boolean full,
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("nothing more") String... words) {
        Typed.none(words, "transport:list [--full | --json]");
        List<Facts> rows = ports.all().stream().map(ClientListener::report).toList();
        return full && !json
                ? rows.stream().map(row -> row.text(false)).collect(Collectors.joining("\n"))
                : new Listing("ports", rows, Set.of("address"), new Facts(), footer(rows)).text(json);
    }

    /** What clients know each port by. */
    @Descriptor("shows the fingerprint of each port's certificate, for clients to pin")
    public String certificates(
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("nothing more") String... words) {
        Typed.none(words, "transport:certificates [--json]");
        List<Facts> rows = ports.all().stream().map(ClientListener::certificate).toList();
        return json
                ? new Listing("certificates", rows, Set.of(), new Facts(), "").text(true)
                : rows.stream().map(row -> row.text(false)).collect(Collectors.joining("\n")) + footer(rows);
    }

    private static String footer(List<Facts> rows) {
        return rows.isEmpty() ? "no port is configured\n" : "";
    }
}
