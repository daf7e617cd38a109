package org.papertrader.log.front.internal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.LogDrain;
import org.papertrader.log.front.LogLevels;
import org.papertrader.log.front.LogRing;

/**
 * Offers the ring as a service. An activator, not a component: this bundle works before Declarative Services are
 * there and after they are gone. What nobody has written down by then goes to standard error, so that a start that
 * fails early still says why.
 */
public final class Activator implements BundleActivator {

    private @Nullable ServiceRegistration<LogRing> rings;
    private @Nullable ServiceRegistration<LogLevels> levels;
    private @Nullable ServiceRegistration<?> logService;
    private @Nullable ServiceTracker<?, ?> logReaders;
    private @Nullable ServiceTracker<?, ?> logLevels;
    private @Nullable ChangeDiary changes;

    @Override
    public void start(BundleContext context) {
        Front front = Front.shared();
        rings = context.registerService(LogRing.class, front.ring(), null);
        levels = context.registerService(LogLevels.class, front.levelsInEffect(), null);
        logService = OsgiLogService.register(context, front);
        logReaders = LogServiceListener.track(context, front);
        logLevels = LogServiceLevels.track(context, front);
        ChangeDiary diary = new ChangeDiary(front, context.getBundle(Constants.SYSTEM_BUNDLE_ID));
        diary.open(context);
        changes = diary;
        front.lastWords().install();
    }

    @Override
    public void stop(BundleContext context) throws InterruptedException {
        Front front = Front.shared();
        front.lastWords().remove();
        if (changes != null) {
            changes.close(context);
        }
        for (ServiceTracker<?, ?> tracker : Arrays.asList(logReaders, logLevels)) {
            if (tracker != null) {
                tracker.close();
            }
        }
        for (ServiceRegistration<?> registration : Arrays.asList(logService, rings, levels)) {
            if (registration != null) {
                registration.unregister();
            }
        }
        writeLeftovers(front.ring(), System.err);
    }

    /** What nobody else drains goes to the stream, one line an entry. */
    static void writeLeftovers(BoundedRing ring, PrintStream out) throws InterruptedException {
        Optional<LogDrain> free = ring.open(Duration.ZERO);
        if (free.isPresent()) {
            try (LogDrain drain = free.get()) {
                drain.drain(entries -> {
                    entries.forEach(entry -> out.println(plain(entry)));
                    return entries.size();
                });
            }
        }
        out.flush();
    }

    private static String plain(CapturedEntry entry) {
        String text = entry.time() + " " + entry.level() + " " + entry.logger() + " - " + entry.message();
        return oneLine(text) + (entry.stackTrace().isEmpty() ? "" : "\n\t" + oneLine(entry.stackTrace()));
    }

    /** Control characters become spaces: a message cannot pretend to be a second entry. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
    }
}
