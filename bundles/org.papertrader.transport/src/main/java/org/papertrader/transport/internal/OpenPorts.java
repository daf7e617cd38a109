package org.papertrader.transport.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The ports that are configured, for whoever tells of them all. Thread-safe. */
@Component(service = OpenPorts.class)
public final class OpenPorts {
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

    /** As they are now. */
    List<ClientListener> all() {
        return List.copyOf(listeners);
    }
}
