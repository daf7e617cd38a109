package org.papertrader.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The example of docs/plugin-guide.md compiles, passes the testkit, and becomes the bundle that the guide says. */
@Tag("CARD-8")
class PluginGuideTest {
    private static final String NAME = "org.example.assets.steady";
    private static final Pattern FILE = Pattern.compile("(?m)^`([^`\\n]+)`:[^\\n]*\\n\\n```\\w+\\n([\\s\\S]*?)^```");

    private final Map<String, String> files = FILE.matcher(Repository.text("docs/plugin-guide.md"))
            .results()
            .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));

    @Test
    void theExamplePassesTheTestkit() throws Exception {
        TestExecutionSummary summary = contract(compile(files));
        assertThat(summary.getTestsFoundCount()).isGreaterThan(5);
        assertThat(summary.getFailures()).isEmpty();
    }

    /** Control: an example that answers what it does not have fails. */
    @Test
    void aWrongExampleFails() throws Exception {
        Map<String, String> wrong = files.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, file -> file.getValue().replace("Fault.UNKNOWN_SYMBOL", "Fault.TRANSIENT")));
        assertThat(wrong).isNotEqualTo(files);
        assertThat(contract(compile(wrong)).getFailures()).isNotEmpty();
    }

    @Test
    void theExampleBecomesABundle() throws Exception {
        Path classes = compile(files);
        Files.delete(classes.resolve("org/example/assets/steady/SteadySourceTest.class"));
        Path jar = classes.resolveSibling(NAME + "-1.0.0.jar");
        try (Builder builder = new Builder()) {
            builder.setClasspath(classPath().toArray(File[]::new));
            builder.setBundleSymbolicName(NAME);
            builder.setBundleVersion("1.0.0");
            builder.setProperty("-includeresource", classes.toString());
            try (Jar built = builder.build()) {
                assertThat(builder.getErrors()).isEmpty();
                built.write(jar.toFile());
            }
        }
        BuiltBundle bundle = BuiltBundle.read(NAME, jar);
        assertThat(bundle.name()).isEqualTo(NAME);
        assertThat(bundle.imports())
                .filteredOn(name -> !name.startsWith("java."))
                .containsExactlyInAnyOrder("org.papertrader.assets.api", "org.papertrader.model");
        assertThat(Metatype.componentPids(jar)).containsExactly(NAME + ".SteadySource");
    }

    @Test
    void thePomNamesTheVersionsOfThisRepository() {
        String pom = files.get("pom.xml");
        String parent = Repository.text("pom.xml");
        assertThat(pom).contains("<papertrader.version>" + Repository.version() + "<");
        for (String property : List.of("bnd.version", "junit.version", "osgi.component.version")) {
            String version = parent.replaceAll("(?s).*<" + property + ">([^<]+)<.*", "$1");
            assertThat(pom).as(property).contains("<version>" + version + "</version>");
        }
    }

    private static Path compile(Map<String, String> files) throws Exception {
        Path folder = Repository.work("guide");
        List<String> arguments = new ArrayList<>(List.of(
                "-d",
                Files.createDirectories(folder.resolve("classes")).toString(),
                "--release",
                "17",
                "-Xlint:all,-path"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            if (file.getKey().endsWith(".java")) {
                arguments.add(path.toString());
            }
        }
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).as("compiling the guide's example").isZero();
        return folder.resolve("classes");
    }

    private static TestExecutionSummary contract(Path classes) throws Exception {
        URL[] path = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, PluginGuideTest.class.getClassLoader())) {
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(loader.loadClass(NAME + ".SteadySourceTest")))
                    .build();
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create().execute(request, listener);
            return listener.getSummary();
        }
    }

    private static List<File> classPath() {
        return List.of("org.papertrader.assets.api", "org.papertrader.model").stream()
                .map(bundle -> Repository.jar(bundle).toFile())
                .toList();
    }
}
