package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.papertrader.assets.api.AssetSource;
import org.papertrader.cache.api.CacheKey;
import org.papertrader.cache.api.CachedPayload;
import org.papertrader.cache.api.PayloadCache;
import org.papertrader.itests.exam.PaxExamExtension;
import org.papertrader.itests.platform.SwapUnderLoad.Way;
import org.papertrader.model.Caller;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.sessions.api.ClientSessions;
import org.papertrader.sessions.api.SessionCheck;
import org.papertrader.sessions.api.Sessions;
import org.papertrader.storage.api.MarketStore;

/** Each swappable provider of the distribution is swapped, in each way, while users keep asking: no request fails. */
@ExtendWith(PaxExamExtension.class)
@Tag("CARD-4")
@Tag("CARD-6")
class ProviderSwapTest {

    /** How long a session lives that is in use nowhere; no stall of a busy machine is to end one. */
    private static final Duration GRACE = Duration.ofSeconds(5);
    /** Then it is over, and swept away too. */
    private static final Duration LEFT_ALONE = GRACE.plusSeconds(3);

    private static final Duration SETTLE_MAX = Duration.ofSeconds(30);

    @Inject
    private BundleContext context;

    private RunningPlatform platform;

    @Configuration
    static Option[] configuration() {
        return DistributionUnderTest.of("standalone")
                .withTraders()
                .set("org.papertrader.auth", "graceSeconds", Long.toString(GRACE.toSeconds()))
                .options();
    }

    @BeforeEach
    void awaitReady() {
        platform = new RunningPlatform(context);
        platform.awaitReady();
    }

    @ParameterizedTest
    @EnumSource
    void cache(Way way) throws Exception {
        CacheKey key = new CacheKey(1, 2, new byte[] {3});
        swap("org.papertrader.cache.memory", way, PayloadCache.class, "worker", cache -> {
            cache.put(key, new CachedPayload(new byte[] {4}, Long.MAX_VALUE));
            cache.get(key, 0);
        });
    }

    @ParameterizedTest
    @EnumSource
    void protocol(Way way) throws Exception {
        swap("org.papertrader.protocol", way, FrameCodec.class, "", codec -> assertThat(codec.version())
                .isEqualTo(1));
    }

    @ParameterizedTest
    @EnumSource
    void clientManagement(Way way) throws Exception {
        swap("org.papertrader.clientmanagement", way, ClientSessions.class, "worker", sessions -> assertThat(
                        sessions.connections())
                .isNotNegative());
    }

    @ParameterizedTest
    @EnumSource
    void replayedAssets(Way way) throws Exception {
        swap("org.papertrader.assets.replay", way, AssetSource.class, "", source -> assertThat(source.list())
                .isNotEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void storageOnH2(Way way) throws Exception {
        swap("org.papertrader.storage.h2", way, MarketStore.class, "", store -> {
            String key = "it." + Thread.currentThread().getName();
            String value = String.valueOf(System.nanoTime());
            store.putState(key, value);
            assertThat(store.state(key)).contains(value);
        });
    }

    @ParameterizedTest
    @EnumSource
    void sessionsAtTheMaster(Way way) throws Exception {
        Caller stranger = new Caller(
                SessionId.parse("ab".repeat(SessionId.LENGTH)),
                InetAddress.getLoopbackAddress(),
                UUID.randomUUID(),
                1,
                Instant.now());
        try (GatedUser<Sessions> user = new GatedUser<>(context, Sessions.class, "master")) {
            SwapReport report = SwapUnderLoad.of(context, "org.papertrader.auth")
                    .run(way, () -> {
                        SessionCheck check = user.callAsync(sessions -> sessions.check(stranger));
                        assertThat(check).isInstanceOf(SessionCheck.Inactive.class);
                    });
            assertThat(report.failed()).as("%s", report).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "org.papertrader.gateway, STOP_START",
        "org.papertrader.gateway, BLUE_GREEN",
        "org.papertrader.relay, STOP_START",
        "org.papertrader.relay, BLUE_GREEN",
        "org.papertrader.master, STOP_START",
        "org.papertrader.master, BLUE_GREEN",
        "org.papertrader.workermanagement, STOP_START",
        "org.papertrader.workermanagement, BLUE_GREEN",
        "org.papertrader.trading, STOP_START",
        "org.papertrader.trading, BLUE_GREEN",
        "org.papertrader.marketdata, STOP_START",
        "org.papertrader.marketdata, BLUE_GREEN",
        "org.papertrader.forecast.drift, STOP_START",
        "org.papertrader.forecast.drift, BLUE_GREEN"
    })
    void whatTradersUse(String bundle, Way way) throws Exception {
        try (Trader trader = Trader.demanding(platform);
                IntervalNumbers intervals = new IntervalNumbers(context)) {
            SwapReport report = SwapUnderLoad.of(context, bundle).times(3).run(way, trader::round);
            assertThat(report.failed()).as("%s", report).isZero();
            trader.checkOrders();
            trader.checkConnections();
            assertThat(intervals.seen()).isSorted().doesNotHaveDuplicates();
        }
    }

    /** The newer one has taken the orders over; without it the one before takes them back, and whatever belongs to it. */
    @Test
    void ofANewerTradingThatIsTakenAwayTheOneBeforeGoesOn() throws Exception {
        try (Trader trader = Trader.demanding(platform);
                IntervalNumbers intervals = new IntervalNumbers(context)) {
            SwapReport report = SwapUnderLoad.of(context, "org.papertrader.trading")
                    .times(3)
                    .runAndTakeBack(trader::round, this::onlyTheNewerTrades);
            assertThat(report.failed()).as("%s", report).isZero();
            trader.checkOrders();
            trader.checkConnections();
            assertThat(intervals.seen()).isSorted().doesNotHaveDuplicates();
        }
        assertThat(platform.shell("queue:show")).containsPattern("(?m)^state +RUNNING$");
    }

    /** Also the commands are those of the one that trades. */
    private void onlyTheNewerTrades(Bundle newer) {
        await().atMost(SETTLE_MAX).ignoreExceptions().untilAsserted(() -> {
            ServiceReference<?>[] trading =
                    context.getAllServiceReferences("org.papertrader.trading.api.Trading", "(side=master)");
            assertThat(trading).extracting(ServiceReference::getBundle).containsExactly(newer);
            assertThat(platform.shell("queue:show")).containsPattern("(?m)^state +RUNNING$");
        });
    }

    /** What they know of who is connected is told to each that newly comes. */
    @Test
    @Tag("PRO-15")
    void aSessionInUseOutlivesTheModulesThatWatchIt() throws Exception {
        try (Trader trader = Trader.demanding(platform)) {
            for (String name : List.of("org.papertrader.master", "org.papertrader.auth")) {
                Bundle bundle = platform.bundle(name);
                bundle.stop();
                bundle.start();
                trader.round();
            }
            trader.pauseFor(LEFT_ALONE);
            trader.round();
        }
    }

    private <S> void swap(String bundle, Way way, Class<S> type, String side, Use<S> use) throws Exception {
        try (GatedUser<S> user = new GatedUser<>(context, type, side)) {
            SwapReport report = SwapUnderLoad.of(context, bundle)
                    .run(
                            way,
                            () -> user.call(service -> {
                                use.use(service);
                                return true;
                            }));
            assertThat(report.failed()).as("%s", report).isZero();
        }
    }

    /** What a user does with a service in one request. */
    @FunctionalInterface
    private interface Use<S> {
        void use(S service);
    }
}
