package org.papertrader.features.internal;

import java.util.Dictionary;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * Speaks to the terminal that started the program, and to the log: the launcher prints, and the log writes down, what services
 * of type {@link String} with these properties say. Neither needs to be there, and this bundle needs no package of theirs.
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
        say("papertrader.notice", line);
    }

    /** A line for the log alone: what was changed. */
    void changed(String line) {
        say("papertrader.changed", line);
    }

    /** A line for the log alone: what was to be changed, and was not. */
    void unchanged(String line) {
        say("papertrader.unchanged", line);
    }

    private void say(String property, String line) {
        context.registerService(String.class, line, properties(property, line)).unregister();
    }

    private void announce(String property, String text) {
        context.registerService(String.class, text, properties(property, text));
    }

    private static Dictionary<String, Object> properties(String property, String text) {
        return FrameworkUtil.asDictionary(Map.of(property, text.replaceAll("\\s*\\R\\s*", " ")));
    }
}
