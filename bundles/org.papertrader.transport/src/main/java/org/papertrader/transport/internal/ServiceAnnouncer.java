package org.papertrader.transport.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.papertrader.transport.api.PortIdentity;

/** Announces by registering a string as a service, which the launcher looks for by its properties. */
final class ServiceAnnouncer implements Announcer {
    private final BundleContext context;
    private final String side;
    private final List<ServiceRegistration<String>> registrations = new ArrayList<>();
    private @Nullable ServiceRegistration<PortIdentity> identity;

    ServiceAnnouncer(BundleContext context, String side) {
        this.context = context;
        this.side = side;
    }

    @Override
    public synchronized void ready(String what, int port) {
        withdraw();
        register(what, Map.of("papertrader.ready", what, "papertrader.port", port, "side", side));
    }

    @Override
    public synchronized void identity(String fingerprint) {
        ServiceRegistration<PortIdentity> before = identity;
        // The new one first: who needs one changes over without a gap.
        identity = context.registerService(
                PortIdentity.class, () -> fingerprint, FrameworkUtil.asDictionary(Map.of("side", side)));
        if (before != null) {
            before.unregister();
        }
    }

    @Override
    public synchronized void fatal(String line) {
        withdraw();
        register(line, Map.of("papertrader.fatal", line, "side", side));
    }

    /** Takes back all that was announced. */
    synchronized void close() {
        withdraw();
        if (identity != null) {
            identity.unregister();
            identity = null;
        }
    }

    private void withdraw() {
        List<ServiceRegistration<String>> old = List.copyOf(registrations);
        registrations.clear();
        old.forEach(ServiceRegistration::unregister);
    }

    private void register(String text, Map<String, Object> properties) {
        registrations.add(context.registerService(String.class, text, FrameworkUtil.asDictionary(properties)));
    }
}
