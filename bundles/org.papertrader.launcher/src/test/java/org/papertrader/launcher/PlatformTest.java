package org.papertrader.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Runs the real framework with nothing in it. */
class PlatformTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> fatal = new ArrayList<>();
    private final Announcements announcements =
            new Announcements(new PrintStream(out, true), new PrintStream(err, true), Instant.now(), fatal::add);
    private Distribution distribution;
    private Options options;
    private Platform platform;

    @BeforeEach
    void create() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.createDirectories(home.resolve("boot"));
        Files.writeString(home.resolve("distribution.properties"), "role=test\nversion=1\nfeatures=a, b\n");
        distribution = Distribution.at(home);
        options = Options.parse(List.of("--data=" + folder.resolve("data"), "--set=p:k=v"));
        platform = new Platform(distribution, options, Map.of());
    }

    @AfterEach
    void stop() throws Exception {
        platform.stop();
    }

    @Test
    void tellsBundlesWhereTheyAre() throws Exception {
        platform.start(distribution, announcements);

        BundleContext context = platform.context();
        assertThat(context.getProperty("papertrader.data"))
                .isEqualTo(options.data().toString());
        assertThat(context.getProperty("papertrader.features")).isEqualTo("a,b");
        assertThat(context.getProperty("papertrader.set")).isEqualTo("p:k=v");
    }

    @Test
    void printsWhatBundlesAnnounce() throws Exception {
        platform.start(distribution, announcements);

        announce(Announcements.READY, "clients on 127.0.0.1:2049");
        announce(Announcements.NOTICE, "look here");

        assertThat(out.toString()).matches("ready: clients on 127\\.0\\.0\\.1:2049 \\(\\d+\\.\\d s\\)\\R");
        assertThat(err.toString().trim()).isEqualTo("papertrader: look here");
        assertThat(fatal).isEmpty();
    }

    @Test
    void reportsTheFirstFatalReasonOnly() throws Exception {
        platform.start(distribution, announcements);

        announce(Announcements.FATAL, "port 2049 is in use");
        announce(Announcements.FATAL, "and so nothing works");

        assertThat(err.toString().trim()).isEqualTo("papertrader: port 2049 is in use");
        assertThat(fatal).containsExactly("port 2049 is in use");
        assertThat(announcements.fatal()).isEqualTo("port 2049 is in use");
    }

    @Test
    void endsWhenTheFrameworkIsStoppedFromWithin() throws Exception {
        platform.start(distribution, announcements);

        platform.context().getBundle(0).stop();

        platform.awaitStop();
    }

    @Test
    void namesABootBundleThatDoesNotStart() throws Exception {
        Files.writeString(distribution.home().resolve("boot/broken.jar"), "no jar");

        assertThatThrownBy(() -> platform.start(distribution, announcements))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("broken.jar");
    }

    private void announce(String property, String text) {
        platform.context().registerService(String.class, text, FrameworkUtil.asDictionary(Map.of(property, text)));
    }
}
