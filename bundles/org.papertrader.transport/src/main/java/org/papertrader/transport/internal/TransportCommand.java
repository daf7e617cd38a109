package org.papertrader.transport.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Shell commands of ports: what they counted, and what clients know them by. */
@Component(
        service = TransportCommand.class,
        property = {"osgi.command.scope=transport", "osgi.command.function=list", "osgi.command.function=certificates"})
public final class TransportCommand {
    private final List<ClientListener> listeners = new CopyOnWriteArrayList<>();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindListener(ClientListener listener) {
        listeners.add(listener);
    }

    void unbindListener(ClientListener listener) {
        listeners.remove(listener);
    }

    /** One line a port: connections, and what it counted. */
    public String list() {
        return lines(ClientListener::report);
    }

    /** One line a port: its certificate's fingerprint, for clients to pin. */
    public String certificates() {
        return lines(ClientListener::certificate);
    }

    private String lines(Function<ClientListener, String> line) {
        return listeners.isEmpty()
                ? "no port is configured"
                : listeners.stream().map(line).collect(Collectors.joining("\n"));
    }
}
