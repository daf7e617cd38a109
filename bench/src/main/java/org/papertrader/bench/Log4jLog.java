package org.papertrader.bench;

import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.api.LoggerComponentBuilder;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;

/** Log4j 2, with its file appender alone or behind its ring buffer. */
final class Log4jLog extends LogBackend {
    private static final String NAME = "bench.log4j";

    private final LoggerContext context;
    private final Logger log;

    Log4jLog(Path file, boolean isQueued) {
        super(isQueued ? "log4j2, queued" : "log4j2", file);
        context = new LoggerContext(name());
        context.start(configuration(file, isQueued));
        log = context.getLogger(NAME);
    }

    private static BuiltConfiguration configuration(Path file, boolean isQueued) {
        ConfigurationBuilder<BuiltConfiguration> builder = ConfigurationBuilderFactory.newConfigurationBuilder();
        builder.setStatusLevel(Level.ERROR);
        builder.add(builder.newAppender("file", "File")
                .addAttribute("fileName", file.toString())
                .add(builder.newLayout("PatternLayout")
                        .addAttribute("pattern", "%d{ISO8601} %p [%t] %c %C.%M(%F:%L) - %m%n")));
        LoggerComponentBuilder logger =
                isQueued ? builder.newAsyncLogger(NAME, Level.INFO) : builder.newLogger(NAME, Level.INFO);
        builder.add(logger.addAttribute("includeLocation", true)
                .addAttribute("additivity", false)
                .add(builder.newAppenderRef("file")));
        builder.add(builder.newRootLogger(Level.OFF));
        return builder.build(false);
    }

    @Override
    void burst(int events) {
        for (int i = 0; i < events; i++) {
            log.info("order {} of {} accepted", ++number, "AAPL");
        }
    }

    @Override
    public void close() {
        Configurator.shutdown(context);
    }
}
