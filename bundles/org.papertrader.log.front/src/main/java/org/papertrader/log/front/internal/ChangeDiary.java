package org.papertrader.log.front.internal;

import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.slf4j.event.Level;

/**
 * Writes down when the program starts, when it stops, why it ends by itself, and what is changed of it in between:
 * bundles, on the thread that changes them, and what the feature manager says of features and configuration. It says so
 * by services of type {@link String} with these properties, since it is there before any log is.
 */
final class ChangeDiary implements SynchronousBundleListener, ServiceListener {
    /** The logger's name, whoever makes the change. */
    static final String LOGGER = "org.papertrader.changes";

    static final String STARTED = "papertrader.started";

    private static final Map<String, Level> SAID = Map.of(
            "papertrader.changed", Level.INFO,
            "papertrader.unchanged", Level.WARN,
            "papertrader.notice", Level.INFO);

    private static final Map<Integer, String> EVENTS = Map.of(
            BundleEvent.INSTALLED, "is installed",
            BundleEvent.STARTED, "is started",
            BundleEvent.STOPPED, "is stopped",
            BundleEvent.UPDATED, "is updated",
            BundleEvent.UNINSTALLED, "is uninstalled");

    private final Front front;
    private final Bundle framework;
    private final RingLogger threshold;
    private volatile boolean started;

    ChangeDiary(Front front, Bundle framework) {
        this.front = front;
        this.framework = framework;
        this.threshold = front.logger(LOGGER);
    }

    /** Begins. */
    void open(BundleContext context) {
        try {
            context.addServiceListener(this, "(objectClass=" + String.class.getName() + ")");
            started = context.getServiceReferences(String.class.getName(), "(" + STARTED + "=*)") != null;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        context.addBundleListener(this);
        if (!started) {
            write(Level.INFO, context.getBundle(), program(context) + " starts: " + process(context));
        }
    }

    private static String program(BundleContext context) {
        return "PaperTrader " + context.getProperty("papertrader.role") + " "
                + context.getProperty("papertrader.version");
    }

    private static String process(BundleContext context) {
        return "process " + ProcessHandle.current().pid() + ", Java " + System.getProperty("java.vm.version")
                + ", data in " + context.getProperty("papertrader.data");
    }

    void close(BundleContext context) {
        context.removeBundleListener(this);
        context.removeServiceListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getBundle() == framework && event.getType() == BundleEvent.STOPPING) {
            write(Level.INFO, framework, "the program stops");
        }
        String what = EVENTS.get(event.getType());
        if (what != null && started && framework.getState() == Bundle.ACTIVE) {
            Bundle bundle = event.getBundle();
            write(Level.INFO, bundle, bundle.getSymbolicName() + " " + bundle.getVersion() + " " + what);
        }
    }

    @Override
    public void serviceChanged(ServiceEvent event) {
        if (event.getType() != ServiceEvent.REGISTERED) {
            return;
        }
        ServiceReference<?> reference = event.getServiceReference();
        if (reference.getProperty(STARTED) != null) {
            started = true;
        }
        if (reference.getProperty("papertrader.fatal") instanceof String reason) {
            write(Level.ERROR, reference.getBundle(), "the program ends, as it cannot do its work: " + reason);
        }
        SAID.forEach((property, level) -> {
            if (reference.getProperty(property) instanceof String line) {
                write(level, reference.getBundle(), line);
            }
        });
    }

    private void write(Level level, Bundle bundle, String line) {
        if (threshold.isEnabledForLevel(level)) {
            front.log(level, bundle.getSymbolicName(), LOGGER, line, null);
        }
    }
}
