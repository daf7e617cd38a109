package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.cli.ServerProcess;
import org.papertrader.itests.bundles.TestBundle;
import org.papertrader.itests.bundles.TestRepository;

/** Features over restarts: what was installed is there again, and what a kill interrupted is undone. */
class FeatureCrashTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Pattern RUNS = Pattern.compile("shell\\.terminal +\\S+ +runs");

    @TempDir
    private Path folder;

    @Test
    @Tag("CARD-7")
    void aKillInTheMidstOfAnUpgradeLeavesTheVersionBefore() throws Exception {
        repository("1.0");
        repository("1.1");
        try (ServerProcess process = start("300")) {
            type(process, "feature:install talk:1.0", "installed talk 1.0");
            assertThat(process.stop()).as(process::outputText).isZero();
        }
        try (ServerProcess process = start("60000")) {
            type(process, "feature:info talk", "talk 1.0, installed");
            type(process, "feature:upgrade talk", "watching for 60000 ms");
            process.kill();
        }
        try (ServerProcess process = start("300")) {
            await().atMost(LIMIT).until(() -> process.outputText()
                    .contains("upgrade of talk 1.0 to 1.1 was interrupted after 'replaced echo 1.0.0 by 1.1.0"));
            type(process, "feature:info talk", "talk 1.0, installed");
            type(process, "feature:upgrade talk", "upgraded talk from 1.0 to 1.1");
            process.kill();
        }
        try (ServerProcess process = start("300")) {
            type(process, "feature:info talk", "talk 1.1, installed");
            assertThat(process.outputText()).doesNotContain("interrupted");
            assertThat(process.stop()).as(process::outputText).isZero();
        }
    }

    private ServerProcess start(String settleMs) throws IOException, InterruptedException {
        ServerProcess process = ServerProcess.startWithShell(
                "worker",
                Installation.home("worker"),
                folder.resolve("data"),
                List.of(
                        "org.papertrader.transport~worker:port=0",
                        "org.papertrader.features:repositories=" + folder.resolve("repository"),
                        "org.papertrader.features:settleMs=" + settleMs));
        // The shell speaks before all features are up.
        await().atMost(LIMIT)
                .until(() -> RUNS.matcher(process.ask("feature:list", LIMIT)).find());
        return process;
    }

    private static void type(ServerProcess process, String command, String answer) throws IOException {
        process.type(command);
        await().atMost(LIMIT).until(() -> process.outputText().contains(answer));
    }

    private void repository(String version) throws IOException {
        new TestRepository(folder.resolve("repository"))
                .bundle(
                        "echo",
                        version,
                        TestBundle.of("it.echo", version + ".0").bytes())
                .feature("talk", version, "echo:" + version);
    }
}
