package org.papertrader.log.front.internal;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.papertrader.log.front.LogRing;
import org.slf4j.event.Level;

/** Applies configuration to the shared ring and levels, at once and without a restart (VAR-3). */
@Component(service = LogSettings.class, immediate = true, configurationPid = "org.papertrader.log.front")
@Designate(ocd = LogSettings.Config.class)
public final class LogSettings {

    private final Front front;

    /** Configuration of what is captured and how much of it is kept. */
    @ObjectClassDefinition(name = "Log front", description = "What is logged, and how many entries wait in memory")
    @interface Config {
        @AttributeDefinition(
                min = "16",
                max = "10000000",
                description = "Most entries in memory before they are written (VAR-3), 16 to 10000000")
        int entriesMax() default Front.ENTRIES_MAX_DEFAULT;

        @AttributeDefinition(
                options = {
                    @Option("TRACE"),
                    @Option("DEBUG"),
                    @Option("INFO"),
                    @Option("WARN"),
                    @Option("ERROR"),
                    @Option("OFF")
                },
                description = "TRACE, DEBUG, INFO, WARN, ERROR or OFF, for loggers without a rule")
        String levelDefault() default "INFO";

        @AttributeDefinition(description = "Rules 'logger prefix=LEVEL'; the longest prefix wins")
        String[] levels() default {"io.netty=WARN"};
    }

    /** Applies the configuration to the shared ring. */
    @Activate
    public LogSettings(Config config) {
        this(Front.shared(), config);
    }

    LogSettings(Front front, Config config) {
        this.front = front;
        apply(config);
    }

    @Modified
    void apply(Config config) {
        front.ring().entriesMax(config.entriesMax());
        Levels.Parsed parsed = Levels.parse(config.levelDefault(), List.of(config.levels()));
        front.levels(parsed.levels());
        if (!parsed.problems().isEmpty()) {
            String message = "not a level rule, ignored: " + parsed.problems();
            front.log(Level.WARN, LogRing.class.getPackageName(), message, null);
        }
    }
}
