package org.papertrader.transport.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Shell command {@code transport:list}: the ports with what they counted. */
@Component(
        service = TransportCommand.class,
        property = {"osgi.command.scope=transport", "osgi.command.function=list"})
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

    /** One line a port. */
    public String list() {
        return listeners.isEmpty()
                ? "no port is configured"
                : listeners.stream().map(ClientListener::report).collect(Collectors.joining("\n"));
    }
}
