package org.papertrader.features.internal;

import java.util.Dictionary;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * Speaks to the terminal that started the program: the launcher prints what services of type {@link String} with these
 * properties say. Used for what must be seen even when no log is running yet.
 */
final class Announcer {
    private final BundleContext context;

    Announcer(BundleContext context) {
        this.context = context;
    }

    /** The program cannot work; the launcher ends it. */
    void fatal(String line) {
        announce("papertrader.fatal", line);
    }

    /** All bundles of these features have been started; whoever waits for that looks for this service. */
    void started(String features) {
        announce("papertrader.started", features);
    }

    /** A line for the operator. */
    void notice(String line) {
        context.registerService(String.class, line, properties("papertrader.notice", line))
                .unregister();
    }

    private void announce(String property, String text) {
        context.registerService(String.class, text, properties(property, text));
    }

    private static Dictionary<String, Object> properties(String property, String text) {
        return FrameworkUtil.asDictionary(Map.of(property, text.replaceAll("\\s*\\R\\s*", " ")));
    }
}
