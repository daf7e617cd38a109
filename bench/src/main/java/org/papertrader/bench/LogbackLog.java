package org.papertrader.bench;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;

/** Logback, with its file appender alone or behind its queue. */
final class LogbackLog extends LogBackend {
    private final LoggerContext context = new LoggerContext();
    private final Logger log;

    LogbackLog(Path file, boolean isQueued) {
        super(isQueued ? "logback, queued" : "logback", file);
        context.setMDCAdapter(new LogbackMDCAdapter());
        log = context.getLogger("bench.logback");
        Appender<ILoggingEvent> appender = fileAppender(file);
        log.setAdditive(false);
        log.addAppender(isQueued ? queued(appender) : appender);
    }

    private Appender<ILoggingEvent> fileAppender(Path file) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%date{ISO8601} %level [%thread] %logger %class.%method\\(%file:%line\\) - %msg%n");
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    private Appender<ILoggingEvent> queued(Appender<ILoggingEvent> target) {
        AsyncAppender appender = new AsyncAppender();
        appender.setContext(context);
        appender.setQueueSize(LogCalls.QUEUE);
        appender.setDiscardingThreshold(0);
        appender.setIncludeCallerData(true);
        appender.addAppender(target);
        appender.start();
        return appender;
    }

    @Override
    void burst(int events) {
        for (int i = 0; i < events; i++) {
            log.info("order {} of {} accepted", ++number, "AAPL");
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
