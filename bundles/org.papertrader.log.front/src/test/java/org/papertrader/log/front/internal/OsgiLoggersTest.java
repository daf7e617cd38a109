package org.papertrader.log.front.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerConsumer;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.LogDrain;
import org.slf4j.event.Level;

/** What is written to the OSGi Log Service is in the ring when the call returns. */
@Tag("MST-15")
@Tag("VAR-3")
class OsgiLoggersTest {
    private static final int ENTRIES_MAX = 64;

    private final BoundedRing ring = new BoundedRing(ENTRIES_MAX, Clock.systemUTC());
    private final Front front = new Front(ring, Clock.systemUTC());
    private final LogService service = OsgiLogService.of(front, named(Bundle.class, "some.bundle"));
    private final Logger logger = service.getLogger("some.Logger");

    @Test
    void anEntryHasItsCallersPlaceThreadBundleAndContext() throws Exception {
        ThreadContext context = new ThreadContext();
        context.put("request", "7");
        logger.warn("hello");
        context.clear();

        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.level()).isEqualTo(Level.WARN);
            assertThat(entry.logger()).isEqualTo("some.Logger");
            assertThat(entry.message()).isEqualTo("hello");
            assertThat(entry.thread()).isEqualTo(Thread.currentThread().getName());
            assertThat(entry.context()).isEqualTo(Map.of("request", "7"));
            assertThat(entry.origin().bundle()).isEqualTo("some.bundle");
            assertThat(entry.origin().function())
                    .isEqualTo("OsgiLoggersTest.anEntryHasItsCallersPlaceThreadBundleAndContext");
        });
    }

    @Test
    void argumentsAreFormattedAndExceptionsKeptWithTheirStack() throws Exception {
        IllegalStateException why = new IllegalStateException("why");
        logger.info("{} and {}", "one", 2);
        logger.error("{} of {}, {}", "a", why, named(ServiceReference.class, "a service"), "b", null);
        service.getLogger("f", FormatterLogger.class).info("%05.1f of %s", 2.25, "it");
        logger.info("no arguments: {} %s");

        List<CapturedEntry> entries = entries();
        assertThat(entries)
                .extracting(CapturedEntry::message)
                .containsExactly("one and 2", "a of b, null", "002.3 of it", "no arguments: {} %s");
        assertThat(entries.get(1).stackTrace()).startsWith("java.lang.IllegalStateException: why");
        assertThat(entries.get(0).stackTrace()).isEmpty();
    }

    @Test
    void whatCannotBeFormattedIsLoggedAllTheSameAndItsCallerGoesOn() throws Exception {
        Object evil = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        };
        FormatterLogger printf = service.getLogger("f", FormatterLogger.class);
        printf.info("%d of it", "three");
        printf.info("it is %s", evil);
        logger.info("it is {}", evil);

        assertThat(entries())
                .extracting(CapturedEntry::message)
                .containsExactly(
                        "%d of it (cannot be formatted: java.util.IllegalFormatConversionException)",
                        "it is %s (cannot be formatted: java.lang.IllegalStateException)", "it is [FAILED toString()]");
    }

    @Test
    @SuppressWarnings("deprecation") // The methods from before there were loggers are still called.
    void levelsApplyToAllButAuditAndToTheOldMethods() throws Exception {
        LoggerConsumer<RuntimeException> consumer = to -> to.audit("consumed");
        logger.debug("no");
        logger.debug(consumer);
        logger.info(consumer);
        front.levels(Levels.parse("WARN", List.of()).levels());
        logger.info("no");
        logger.info(consumer);
        logger.audit("{} anyway", "yes");
        service.log(LogService.LOG_INFO, "no");
        service.log(LogService.LOG_ERROR, "old", new IllegalStateException("why"));

        List<CapturedEntry> entries = entries();
        assertThat(entries).extracting(CapturedEntry::message).containsExactly("consumed", "yes anyway", "old");
        assertThat(entries).extracting(CapturedEntry::level).containsExactly(Level.INFO, Level.INFO, Level.ERROR);
        assertThat(entries.get(2).logger()).isEqualTo("LogService.some.bundle");
        assertThat(entries.get(2).origin().function())
                .isEqualTo("OsgiLoggersTest.levelsApplyToAllButAuditAndToTheOldMethods");
    }

    @Test
    void aFloodKeepsWithinTheRingAndEveryEntryIsCounted() throws Exception {
        for (int i = 0; i < 100 * ENTRIES_MAX; i++) {
            logger.info("flood");
        }
        assertThat(entries()).hasSizeLessThanOrEqualTo(ENTRIES_MAX + 1).anySatisfy(entry -> assertThat(entry.message())
                .contains("entries dropped"));
    }

    @Test
    void loggersOfAnotherKindAreRefused() {
        interface Mine extends Logger {}
        assertThatIllegalArgumentException().isThrownBy(() -> service.getLogger("x", Mine.class));
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

    /** Answers its name to whatever wants text. */
    private static <T> T named(Class<T> type, String name) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getReturnType() == String.class ? name : null));
    }
}
