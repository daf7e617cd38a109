package org.papertrader.transport.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.papertrader.gate.Gate;

/** Whether each port is open and somebody answers there; one that is being exchanged is waited for. */
@Component(
        service = HealthCheck.class,
        property = {"hc.name=ports", "hc.tags=papertrader", "hc.tags=ready"})
public final class PortsHealth implements HealthCheck {
    private static final Duration SWAP_MAX = Duration.ofMillis(1_500);

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

    @Override
    public Result execute() {
        Gate.unserved(listeners.stream().map(ClientListener::handlers).toList(), SWAP_MAX);
        if (listeners.isEmpty()) {
            return new Result(
                    Result.Status.CRITICAL, "no port is configured: org.papertrader.transport~master or ~worker");
        }
        String trouble = listeners.stream()
                .filter(listener -> !listener.isOpen() || !listener.handlers().isServed())
                .map(PortsHealth::trouble)
                .collect(Collectors.joining("; "));
        return trouble.isEmpty()
                ? new Result(
                        Result.Status.OK,
                        listeners.stream()
                                .map(listener -> listener.side() + " on " + listener.where())
                                .collect(Collectors.joining(", ")))
                : new Result(Result.Status.CRITICAL, trouble);
    }

    private static String trouble(ClientListener listener) {
        return listener.isOpen()
                ? "nobody answers at " + listener.where() + ": does the bundle "
                        + (listener.side().equals("master") ? "org.papertrader.master" : "org.papertrader.gateway")
                        + " run (lb)?"
                : "the port of the " + listener.side() + " is not open: it waits for "
                        + (listener.side().equals("master")
                                ? "all modules (check 'modules.master')"
                                : "the link (check 'link')");
    }
}
