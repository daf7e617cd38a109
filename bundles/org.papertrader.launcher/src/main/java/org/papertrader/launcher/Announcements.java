package org.papertrader.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/**
 * What bundles have to say to the person at the terminal. A bundle says it by registering a {@link String} service with
 * one of the properties named here, so no bundle needs a type of the launcher.
 */
final class Announcements implements ServiceListener {
    /** The program accepts work; the value says on what. */
    static final String READY = "papertrader.ready";
    /** One line that is worth the operator's attention. */
    static final String NOTICE = "papertrader.notice";
    /** The program cannot do its work; the value is the reason in one line. The launcher ends the process. */
    static final String FATAL = "papertrader.fatal";

    private final PrintStream out;
    private final PrintStream err;
    private final Instant start;
    private final Consumer<String> onFatal;
    private final AtomicReference<@Nullable String> fatal = new AtomicReference<>();

    /** {@code onFatal} runs at most once, on the thread of the bundle that reports. */
    Announcements(PrintStream out, PrintStream err, Instant start, Consumer<String> onFatal) {
        this.out = out;
        this.err = err;
        this.start = start;
        this.onFatal = onFatal;
    }

    void listen(BundleContext context) {
        try {
            context.addServiceListener(
                    this, "(&(objectClass=java.lang.String)(|(%s=*)(%s=*)(%s=*)))".formatted(READY, NOTICE, FATAL));
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void serviceChanged(ServiceEvent event) {
        if (event.getType() == ServiceEvent.REGISTERED) {
            announce(event.getServiceReference());
        }
    }

    /** The reason why the program cannot work, once a bundle has reported it. */
    @Nullable
    String fatal() {
        return fatal.get();
    }

    private void announce(ServiceReference<?> reference) {
        Object ready = reference.getProperty(READY);
        if (ready != null) {
            double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
            out.println(String.format(Locale.ROOT, "ready: %s (%.1f s)", ready, seconds));
        }
        Object notice = reference.getProperty(NOTICE);
        if (notice != null) {
            err.println("papertrader: " + notice);
        }
        Object reason = reference.getProperty(FATAL);
        if (reason != null && fatal.compareAndSet(null, reason.toString())) {
            err.println("papertrader: " + reason);
            onFatal.accept(reason.toString());
        }
    }
}
