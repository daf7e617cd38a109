package org.papertrader.log.front.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.CapturedEntry.Origin;
import org.papertrader.log.front.LogDrain;
import org.slf4j.event.Level;

class LogServiceListenerTest {

    private final BoundedRing ring = new BoundedRing(64, Clock.systemUTC());
    private final LogServiceListener listener = new LogServiceListener(new Front(ring, Clock.systemUTC()));

    @Test
    @Tag("MST-15")
    void keepsThePlaceThatTheLogServiceCaptured() throws Exception {
        Bundle bundle = stub(Bundle.class, Map.of("getSymbolicName", "some.bundle"));
        listener.logged(stub(
                LogEntry.class,
                Map.of(
                        "getTime",
                        1_000L,
                        "getLogLevel",
                        LogLevel.WARN,
                        "getLoggerName",
                        "some.Logger",
                        "getThreadInfo",
                        "worker-1",
                        "getMessage",
                        "hello",
                        "getBundle",
                        bundle,
                        "getException",
                        new IllegalStateException("why"),
                        "getLocation",
                        new StackTraceElement("some.pkg.Type", "run", "Type.java", 7))));

        CapturedEntry entry = entries().get(0);
        assertThat(entry)
                .extracting(
                        CapturedEntry::time,
                        CapturedEntry::level,
                        CapturedEntry::logger,
                        CapturedEntry::thread,
                        CapturedEntry::message,
                        CapturedEntry::origin)
                .containsExactly(
                        Instant.ofEpochSecond(1),
                        Level.WARN,
                        "some.Logger",
                        "worker-1",
                        "hello",
                        new Origin("some.bundle", "Type.java", "Type.run", 7));
        assertThat(entry.stackTrace()).startsWith("java.lang.IllegalStateException: why");
    }

    @Test
    void levelsApplyAndWhatIsNotKnownIsLeftEmpty() throws Exception {
        listener.logged(stub(LogEntry.class, Map.of("getLogLevel", LogLevel.DEBUG, "getMessage", "no", "getTime", 0L)));
        listener.logged(
                stub(LogEntry.class, Map.of("getLogLevel", LogLevel.AUDIT, "getMessage", "yes", "getTime", 0L)));

        List<CapturedEntry> entries = entries();
        assertThat(entries).extracting(CapturedEntry::message).containsExactly("yes");
        assertThat(entries.get(0).level()).isEqualTo(Level.INFO);
        assertThat(entries.get(0).origin()).isEqualTo(Origin.UNKNOWN);
    }

    private List<CapturedEntry> entries() throws Exception {
        List<CapturedEntry> entries = new ArrayList<>();
        try (LogDrain drain = ring.open(Duration.ZERO).orElseThrow()) {
            drain.drain(batch -> {
                entries.addAll(batch);
                return batch.size();
            });
        }
        return entries;
    }

    /** Answers the named getters, and null to all others. */
    private static <T> T stub(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
