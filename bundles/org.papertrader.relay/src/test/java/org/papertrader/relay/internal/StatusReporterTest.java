package org.papertrader.relay.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.cache.api.CacheStats;
import org.papertrader.cache.api.PayloadCache;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.MasterLink;
import org.papertrader.log.front.LogRing;
import org.papertrader.model.WorkerStatus;
import org.papertrader.sessions.api.ClientSessions;

@Tag("MST-19")
class StatusReporterTest {
    private static final Instant NOW = Instant.parse("2026-03-02T14:30:00Z");
    private static final Instant ASKED = NOW.minusSeconds(1);

    private final List<List<Object>> told = new ArrayList<>();
    private final StatusReporter reporter = new StatusReporter(Clock.fixed(NOW, ZoneOffset.UTC));

    /** A service of which only these methods are called. */
    private static <S> S saying(Class<S> service, Map<String, Object> answers) {
        return service.cast(Proxy.newProxyInstance(
                service.getClassLoader(), new Class<?>[] {service}, (proxy, method, arguments) -> {
                    assertThat(answers).containsKey(method.getName());
                    return answers.get(method.getName());
                }));
    }

    private void link() {
        reporter.bindLink(
                (MasterLink) Proxy.newProxyInstance(
                        MasterLink.class.getClassLoader(),
                        new Class<?>[] {MasterLink.class},
                        (proxy, method, arguments) -> told.add(List.of(arguments))),
                Map.of());
    }

    @Test
    void answersTheQuestionWithWhatTheServicesSay() {
        link();
        reporter.bindClients(saying(ClientSessions.class, Map.of("connections", 3, "sessions", 4)), Map.of());
        reporter.bindCache(saying(PayloadCache.class, Map.of("stats", new CacheStats(90, 10, 1, 5, 600))), Map.of());
        reporter.bindRing(saying(LogRing.class, Map.of("size", 7, "dropped", 8L)), Map.of());

        reporter.pushed(new LinkPush.SessionsEnded(List.of()));
        reporter.pushed(new LinkPush.StatusAsked(ASKED));

        assertThat(told).hasSize(1);
        assertThat(told.get(0).get(0)).isEqualTo(ASKED);
        WorkerStatus status = (WorkerStatus) told.get(0).get(1);
        assertThat(status.told()).isEqualTo(NOW);
        assertThat(status.clients()).isEqualTo(3);
        assertThat(status.sessions()).isEqualTo(4);
        assertThat(status.cache()).isEqualTo(new WorkerStatus.Cache(5, 600, 90, 10));
        assertThat(status.cache().hitsPerMille()).isEqualTo(900);
        assertThat(status.log()).isEqualTo(new WorkerStatus.Log(7, 8));
        assertThat(status.memory().used())
                .isPositive()
                .isLessThanOrEqualTo(status.memory().most());
    }

    @Test
    void answersWhileServicesAreAway() {
        reporter.pushed(new LinkPush.StatusAsked(ASKED));
        assertThat(told).isEmpty();
        link();

        reporter.pushed(new LinkPush.StatusAsked(ASKED));

        assertThat(((WorkerStatus) told.get(0).get(1)).cache()).isEqualTo(WorkerStatus.Cache.NONE);
    }
}
