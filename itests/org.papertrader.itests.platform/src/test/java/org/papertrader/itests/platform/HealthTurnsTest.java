package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.inject.Inject;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.papertrader.itests.exam.PaxExamExtension;
import org.papertrader.itests.platform.HealthPages.Page;
import org.papertrader.itests.platform.SwapUnderLoad.Way;

/** What is taken away from a running platform turns its health, over HTTP and in the shell, and comes back with it. */
@ExtendWith(PaxExamExtension.class)
@Tag("CARD-9")
class HealthTurnsTest {
    private static final Duration TURN_MAX = Duration.ofSeconds(60);
    private static final int LEAVING_ROUNDS_MAX = 5;
    private static final String READY = "/health/ready?text";
    private static final String ALL = "/health?text";

    @Inject
    private BundleContext context;

    private RunningPlatform platform;
    private HealthPages pages;

    @Configuration
    static Option[] configuration() {
        return DistributionUnderTest.of("standalone")
                .withTraders()
                .withCommands()
                .set("org.papertrader.health", "cacheMs", "100")
                .set("org.papertrader.link.worker", "downMaxMs", "500")
                .set("org.papertrader.marketdata.health", "silenceMs", "2000")
                // Whatever is left on the machine that runs the tests.
                .set("org.papertrader.health.disk", "warnBytes", "0")
                .set("org.papertrader.health.disk", "warnPercent", "0")
                .options();
    }

    @BeforeEach
    void awaitWell() {
        platform = new RunningPlatform(context);
        platform.awaitReady();
        pages = new HealthPages(platform.path("papertrader.data").resolve("http"));
        turns(ALL, "OK", 200, "");
        turns(READY, "OK", 200, "");
        turns("/health/live?text", "OK", 200, "");
    }

    @Test
    void theShellSaysTheSameAndFitsATerminal() throws Exception {
        String json = "{\"status\":\"OK\",\"role\":\"standalone\"";
        eventually(() -> {
            String list = platform.shell("health:list");
            assertThat(list).contains("OK (standalone): ", "storage", "sources", "modules.worker");
            assertThat(list.lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        });
        eventually(() -> assertThat(platform.shell("health:list --json")).startsWith(json));
        eventually(() -> assertThat(platform.shell("health:check storage")).startsWith("OK       storage "));
        eventually(() -> assertThat(pages.get("/health").text()).startsWith(json));
        assertThatThrownBy(() -> platform.shell("health:check nonsense"))
                .hasMessageContaining("no check of this name: nonsense");
    }

    @Test
    void theAddressIsTheOwnersAlone() throws Exception {
        Path file = platform.path("papertrader.data").resolve("http");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).matches("http://127\\.0\\.0\\.1:\\d+\n");
    }

    @Test
    void aStorageThatIsTakenAway() throws Exception {
        whileStopped("org.papertrader.storage.h2", bundle -> {
            turns(READY, "CRITICAL", 503, "no storage is there");
            turns("/health/live?text", "OK", 200, "");
        });
        turns(READY, "OK", 200, "");
    }

    @Test
    void sourcesThatAreStopped() throws Exception {
        whileStopped("org.papertrader.assets.replay", bundle -> turns(ALL, "CRITICAL", 503, "no source of assets"));
        turns(ALL, "OK", 200, "");
    }

    @Test
    void aDiskWithLessRoomThanThereMustBe() throws Exception {
        platform.shell("config:set org.papertrader.health.disk criticalPercent 100");
        turns(READY, "CRITICAL", 503, "make room now");
        platform.shell("config:unset org.papertrader.health.disk criticalPercent");
        turns(READY, "OK", 200, "");
    }

    @Test
    void aWorkerThatIsBootedOff() throws Exception {
        platform.shell("worker:boot local");
        turns(READY, "CRITICAL", 503, "does the master run");
        turns(ALL, "CRITICAL", 503, "0 of 1 workers");
        platform.shell("worker:enable local");
        turns(ALL, "OK", 200, "");
    }

    @Test
    void aModuleThatIsStoppedTakesNoCheckWithIt() throws Exception {
        whileStopped("org.papertrader.trading", bundle -> {
            turns(READY, "CRITICAL", 503, "there is no trading");
            turns("/health/live?text", "CRITICAL", 503, "start " + bundle.getBundleId());
        });
        turns("/health/live?text", "OK", 200, "");
    }

    @ParameterizedTest
    @EnumSource
    void healthIsSwapped(Way way) throws Exception {
        swap("org.papertrader.health", way);
    }

    /** Who looks for it again finds it, and what was asked is answered. */
    @ParameterizedTest
    @EnumSource
    void thePortIsSwapped(Way way) throws Exception {
        swap("org.papertrader.http", way);
    }

    /** The port goes on for a moment when its address has been taken away. */
    @Test
    void whoHasReadTheAddressIsAnswered() throws Exception {
        int round = 1;
        while (!isAnsweredWhileItLeaves()) {
            turns(READY, "OK", 200, "");
            assertThat(++round)
                    .as("no request was out in time: the machine is too busy")
                    .isLessThanOrEqualTo(LEAVING_ROUNDS_MAX);
        }
        turns(READY, "OK", 200, "");
    }

    /** False when whoever was not answered asked too late: a machine that stalls shows nothing. */
    private boolean isAnsweredWhileItLeaves() throws Exception {
        URI address = pages.address();
        Path file = platform.path("papertrader.data").resolve("http");
        Bundle http = platform.bundle("org.papertrader.http");
        AtomicLong begun = new AtomicLong();
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> {
            begun.set(System.nanoTime());
            assertThatNoException().isThrownBy(http::stop);
        });
        long asked = 0;
        try {
            await().atMost(TURN_MAX)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> Files.notExists(file));
            try (PageRequest request = new PageRequest(address, "/health/live?text")) {
                asked = request.sentNanos();
                assertThat(request.answer().code()).isEqualTo(200);
                return true;
            } catch (SocketException e) {
                // It may not even get in.
                asked = asked == 0 ? System.nanoTime() : asked;
                if (asked - begun.get() <= HealthPages.SOON.toNanos()) {
                    throw e;
                }
                return false;
            }
        } finally {
            stopping.get(TURN_MAX.toSeconds(), TimeUnit.SECONDS);
            http.start();
        }
    }

    private void swap(String bundle, Way way) throws Exception {
        SwapReport report = SwapUnderLoad.of(context, bundle)
                .times(3)
                .run(way, () -> assertThat(pages.get("/health/live?text")).satisfies(page -> {
                    assertThat(page.code()).as(page.text()).isEqualTo(200);
                    assertThat(page.text()).contains("framework");
                }));
        assertThat(report.failed()).as("%s", report).isZero();
    }

    private void whileStopped(String name, Consumer<Bundle> check) throws Exception {
        Bundle bundle = platform.bundle(name);
        bundle.stop();
        try {
            check.accept(bundle);
        } finally {
            bundle.start();
        }
    }

    private static void eventually(ThrowingRunnable check) {
        await().atMost(TURN_MAX).untilAsserted(check);
    }

    private void turns(String path, String status, int code, String text) {
        await().atMost(TURN_MAX).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            Page page = pages.get(path);
            assertThat(page.status()).as(page.text()).isEqualTo(status);
            assertThat(page.code()).isEqualTo(code);
            assertThat(page.text().replaceAll("\\s+", " ")).contains(text);
        });
    }
}
