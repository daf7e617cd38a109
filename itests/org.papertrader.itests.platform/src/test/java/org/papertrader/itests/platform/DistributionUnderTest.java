package org.papertrader.itests.platform;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.papertrader.itests.bundles.Jars;
import org.papertrader.itests.exam.HostPackages;

/**
 * On the host: the folder of a packaged distribution as options for a container, set up as its launcher would, but with
 * a data directory and ports of its own. For use in a {@code @Configuration} method.
 */
final class DistributionUnderTest {

    private static final int START_LEVEL_MAX = 100;
    /** Longer than any test: who only listens is not sent away. */
    private static final String PATIENT_MS = "7200000";

    private final Path home;
    private final Path work;
    private final Map<String, String> frameworkProperties = new LinkedHashMap<>();
    private final List<String> settings = new ArrayList<>();
    private final List<Option> extras = new ArrayList<>();
    /** Bundles that need what the features bring, and so come after them. */
    private final List<Option> late = new ArrayList<>();

    private String features = "";
    private String shell = "";

    private DistributionUnderTest(Path home, Path work) {
        this.home = home;
        this.work = work;
        set("org.papertrader.transport~master", "port", "0");
        set("org.papertrader.transport~worker", "port", "0");
    }

    /**
     * Takes a distribution as the build made it.
     *
     * @param role {@code master}, {@code worker} or {@code standalone}
     */
    static DistributionUnderTest of(String role) {
        String folder = "papertrader-" + role + "-" + required("papertrader.it.version");
        Path home = Path.of(required("papertrader.it.distributions"), role, "target", folder)
                .toAbsolutePath()
                .normalize();
        if (!Files.isDirectory(home)) {
            throw new IllegalStateException("not built yet: " + home + "; run 'mvn package' in distribution first");
        }
        try {
            Path works = Files.createDirectories(Path.of(required("papertrader.it.work")));
            return new DistributionUnderTest(home, Files.createTempDirectory(works, role + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Only some of its features, for tests that are about these. */
    DistributionUnderTest onlyFeatures(String... names) {
        features = String.join(",", names);
        return this;
    }

    /** A value that the operator gave on the command line. */
    DistributionUnderTest set(String pid, String key, String value) {
        settings.add(pid + ":" + key + "=" + value);
        return this;
    }

    /** A framework property beyond those of the launcher. */
    DistributionUnderTest framework(String key, String value) {
        frameworkProperties.put(key, value);
        return this;
    }

    /**
     * For tests that trade over TCP from within the container: the client library as a bundle, ports that are known before,
     * so that the worker finds the master again, a trading day each second, so that the data lasts for 12 minutes, and no
     * bound to open orders.
     */
    DistributionUnderTest withTraders() {
        late.add(ClientBundle.option().startLevel(START_LEVEL_MAX));
        String masterPort = freePort();
        return set("org.papertrader.transport~master", "port", masterPort)
                .set("org.papertrader.transport~master", "tls", "off")
                .set("org.papertrader.transport~worker", "tls", "off")
                .set("org.papertrader.transport~master", "idleTimeoutMs", PATIENT_MS)
                .set("org.papertrader.transport~worker", "idleTimeoutMs", PATIENT_MS)
                .set("org.papertrader.link.worker", "masterPort", masterPort)
                .set("org.papertrader.transport~worker", "port", freePort())
                .set("org.papertrader.marketdata", "intervalMs", "500")
                .set("org.papertrader.marketdata", "acceleration", "86400")
                .set("org.papertrader.trading", "openOrdersMax", "1000000");
    }

    /**
     * The shell's commands without its terminal: the test process reads its orders from standard input, which an
     * interactive shell would swallow. The shell's start script, which would want a terminal, is replaced by an empty one.
     */
    DistributionUnderTest withCommands() {
        extras.add(CoreOptions.systemProperty("org.jline.terminal.dumb").value("true"));
        write("etc/gosh_profile", "");
        shell = (features.isEmpty() ? "" : ",shell") + ",shell.terminal";
        return framework("gosh.args", "--nointeractive --noshutdown").framework("gosh.home", work.toString());
    }

    /** All options, the assertion libraries of the host included. */
    Option[] options() {
        List<Option> options = new ArrayList<>();
        launcherProperties()
                .forEach((key, value) ->
                        options.add(CoreOptions.frameworkProperty(key).value(value)));
        frameworkProperties.forEach(
                (key, value) -> options.add(CoreOptions.frameworkProperty(key).value(value)));
        options.add(CoreOptions.frameworkStartLevel(START_LEVEL_MAX));
        for (Path jar : jars(home.resolve("boot"))) {
            options.add(CoreOptions.url(jar.toUri().toString()).startLevel(1));
        }
        options.addAll(extras);
        options.add(readyBundle());
        options.addAll(late);
        options.add(HostPackages.ofLibraries(Assertions.class, Awaitility.class, Matcher.class, Jars.class));
        return options.toArray(Option[]::new);
    }

    private static Option readyBundle() {
        try {
            byte[] bundle = Jars.bundle("org.papertrader.it.ready", "1.0.0", ReadyActivator.class);
            return CoreOptions.streamBundle(new ByteArrayInputStream(bundle)).startLevel(START_LEVEL_MAX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same as the launcher's; folders that are written to are of this test. */
    private Map<String, String> launcherProperties() {
        Properties distribution = distributionProperties();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("org.osgi.framework.bootdelegation", "sun.nio.ch,jdk.jfr.internal.*");
        properties.put("felix.bootdelegation.implicit", "false");
        properties.put("org.apache.felix.log.maxSize", "0");
        properties.put("ds.lock.timeout.milliseconds", "15000");
        properties.put("felix.fileinstall.dir", folder("deploy"));
        properties.put("felix.fileinstall.filter", ".*\\.jar");
        properties.put("felix.fileinstall.poll", "200");
        properties.put("felix.fileinstall.noInitialDelay", "true");
        properties.put("felix.fileinstall.enableConfigSave", "false");
        properties.put("felix.fileinstall.start.level", "60");
        properties.put("felix.fileinstall.log.level", "1");
        properties.put("papertrader.home", home.toString());
        properties.put("papertrader.role", distribution.getProperty("role"));
        properties.put("papertrader.version", distribution.getProperty("version"));
        String chosen = features.isEmpty() ? distribution.getProperty("features") : features;
        properties.put("papertrader.features", chosen + shell);
        properties.put("papertrader.data", folder("data"));
        properties.put("papertrader.conf", folder("data/conf"));
        properties.put("papertrader.set", String.join("\n", settings));
        return properties;
    }

    private Properties distributionProperties() {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(home.resolve("distribution.properties"))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private String folder(String name) {
        try {
            return Files.createDirectories(work.resolve(name)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String text) {
        try {
            Path file = work.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String required(String systemProperty) {
        String value = System.getProperty(systemProperty);
        if (value == null) {
            throw new IllegalStateException("system property " + systemProperty + " is not set; see the module's pom");
        }
        return value;
    }
}
