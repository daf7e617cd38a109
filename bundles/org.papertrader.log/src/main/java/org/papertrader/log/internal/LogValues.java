package org.papertrader.log.internal;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.log.front.LogLevels;

/** What the shell's Tab key offers where a command wants a level or a logger. */
@Component(
        service = LogValues.class,
        property = {"osgi.command.scope=values", "osgi.command.function=level", "osgi.command.function=logger"})
public final class LogValues {
    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    private final BundleContext context;
    private final LogLevels levels;

    @Activate
    public LogValues(BundleContext context, @Reference LogLevels levels) {
        this.context = context;
        this.levels = levels;
    }

    /** All levels. */
    public List<String> level(String... words) {
        return LEVELS;
    }

    /** Loggers that have a rule, and the bundles of this program, by which its loggers are named. */
    public Collection<String> logger(String... words) {
        String typed = Stream.of(words).reduce("", (before, word) -> word);
        Set<String> loggers = new TreeSet<>(levels.rules().keySet());
        loggers.add("default");
        Stream.of(context.getBundles())
                .map(Bundle::getSymbolicName)
                .filter(name -> name != null && name.startsWith("org.papertrader."))
                .forEach(loggers::add);
        loggers.removeIf(logger -> !logger.startsWith(typed));
        return loggers;
    }
}
