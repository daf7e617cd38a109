package org.papertrader.transport.internal;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.gate.Gate;

/** Whether each port is open and somebody answers there; one that is being exchanged is waited for. */
@Component(
        service = HealthCheck.class,
        property = {"hc.name=ports", "hc.tags=papertrader", "hc.tags=ready"})
public final class PortsHealth implements HealthCheck {
    private static final Duration SWAP_MAX = Duration.ofMillis(1_500);

    private final OpenPorts ports;

    @Activate
    public PortsHealth(@Reference OpenPorts ports) {
        this.ports = ports;
    }

    @Override
    public Result execute() {
        List<ClientListener> listeners = ports.all();
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
