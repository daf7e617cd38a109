package org.papertrader.deploy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.launch.Framework;

@Tag("CARD-6")
class DirectedBundlesTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhereFolder;

    private Framework framework;
    private DirectedBundles bundles;

    @BeforeEach
    void start() throws BundleException {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.resolve("cache").toString(),
                        "felix.fileinstall.dir",
                        folder.toString()));
        framework.start();
        bundles = new DirectedBundles(framework.getBundleContext());
    }

    @AfterEach
    void stop() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void takesOnlyWhatFileInstallWouldMiss() throws IOException {
        assertThat(bundles.canHandle(jar("a;singleton:=true", "1.0.0"))).isTrue();
        assertThat(bundles.canHandle(jar("a; fragment-attachment:=\"never\"", "1.0.0")))
                .isTrue();
        assertThat(bundles.canHandle(jar("a", "1.0.0"))).isFalse();
        Path noJar = Files.writeString(folder.resolve("no.jar"), "a;singleton:=true");
        assertThat(bundles.canHandle(noJar.toFile())).isFalse();
        assertThat(bundles.canHandle(jar("a;singleton:=true", "not a version"))).isFalse();
    }

    @Test
    void installsStartsAndUninstalls() throws Exception {
        File file = jar("a;singleton:=true", "1.0.0");
        bundles.install(file);

        assertThat(present()).singleElement().satisfies(bundle -> {
            assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
            assertThat(bundle.getVersion()).isEqualTo(new Version("1.0.0"));
        });

        bundles.uninstall(file);
        assertThat(present()).isEmpty();
    }

    @Test
    void replacesTheSameVersionAndOfASingletonEveryOther() throws Exception {
        bundles.install(jar("a;singleton:=true", "1.0.0"));
        long number = present().get(0).getBundleId();
        File newer = jar("a ; singleton := \"true\"", "2.0.0");
        bundles.install(newer);
        bundles.update(newer);

        assertThat(present()).singleElement().satisfies(bundle -> {
            assertThat(bundle.getBundleId()).isEqualTo(number);
            assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
            assertThat(bundle.getVersion()).isEqualTo(new Version("2.0.0"));
        });
    }

    @Test
    void whatWasReplacedComesBackWhenTheJarIsRemoved() throws Exception {
        Bundle own = installed("a;singleton:=true", "1.0.0");
        File newer = jar("a;singleton:=true", "2.0.0");
        bundles.install(newer);
        assertThat(own.getVersion()).isEqualTo(new Version("2.0.0"));

        bundles.uninstall(newer);
        assertThat(present()).containsExactly(own);
        assertThat(own.getVersion()).isEqualTo(new Version("1.0.0"));
        assertThat(own.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void theSameVersionWithoutDirectivesIsReplacedTooAndComesBack() throws Exception {
        Bundle own = installed("a", "1.0.0");
        File same = jar("a", "1.0.0");
        assertThat(bundles.canHandle(same)).isTrue();
        bundles.install(same);
        bundles.uninstall(same);

        assertThat(present()).containsExactly(own);
        assertThat(own.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void whatCameFromTheFolderIsKnownAgain() throws Exception {
        File file = jar("a;singleton:=true", "1.0.0");
        bundles.install(file);

        new DirectedBundles(framework.getBundleContext()).uninstall(file);
        assertThat(present()).isEmpty();
    }

    private Bundle installed(String symbolicName, String version) throws IOException, BundleException {
        Path elsewhere = Files.move(jar(symbolicName, version).toPath(), elsewhereFolder.resolve("own.jar"));
        Bundle bundle = framework.getBundleContext().installBundle("reference:" + elsewhere.toUri());
        bundle.start();
        return bundle;
    }

    @Test
    void whatIsNoSingletonStandsBesideAnotherVersion() throws Exception {
        bundles.install(jar("a;fragment-attachment:=never", "1.0.0"));
        bundles.install(jar("a;fragment-attachment:=never", "2.0.0"));

        assertThat(present()).extracting(Bundle::getState).containsExactly(Bundle.ACTIVE, Bundle.ACTIVE);
    }

    @Test
    void whatCannotBeResolvedAtOnceIsTriedAgain() throws Exception {
        Bundle own = installed("a;singleton:=true", "1.0.0");
        File newer = jar("a;singleton:=true", "2.0.0", "org.soon");
        CompletableFuture<Void> deployed = CompletableFuture.runAsync(() -> {
            try {
                bundles.install(newer);
            } catch (IOException | BundleException e) {
                throw new CompletionException(e);
            }
        });
        await().until(() -> own.getVersion().equals(new Version("2.0.0")));
        assertThat(deployed).isNotDone();
        Path exporter = Files.move(exporting("org.soon").toPath(), elsewhereFolder.resolve("soon.jar"));
        framework.getBundleContext().installBundle("reference:" + exporter.toUri());

        assertThat(deployed).succeedsWithin(Duration.ofSeconds(10));
        assertThat(own.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void whatWasReplacedByOneThatCannotRunComesBackToo() throws Exception {
        Bundle own = installed("a;singleton:=true", "1.0.0");
        File newer = jar("a;singleton:=true", "2.0.0", "org.nowhere");
        assertThatThrownBy(() -> bundles.install(newer)).hasMessageContaining("org.nowhere");

        bundles.uninstall(newer);
        assertThat(own.getVersion()).isEqualTo(new Version("1.0.0"));
        assertThat(own.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void whatCannotBeReadLeavesTheBundleRunning() throws Exception {
        Bundle own = installed("a;singleton:=true", "1.0.0");
        File broken = jar("a;singleton:=true", "2.0.0", "org.twice,org.twice");

        assertThatThrownBy(() -> bundles.install(broken))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("org.twice");
        assertThat(own.getVersion()).isEqualTo(new Version("1.0.0"));
        assertThat(own.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        File file = jar("a;singleton:=true", "1.0.0", "org.nowhere");

        assertThatThrownBy(() -> bundles.install(file))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("org.nowhere");
    }

    private List<Bundle> present() {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .filter(bundle -> "a".equals(bundle.getSymbolicName()))
                .toList();
    }

    private File jar(String symbolicName, String version, String... imports) throws IOException {
        Manifest manifest = manifest(symbolicName);
        Attributes headers = manifest.getMainAttributes();
        headers.putValue(Constants.BUNDLE_VERSION, version);
        if (imports.length > 0) {
            headers.putValue(Constants.IMPORT_PACKAGE, String.join(",", imports));
        }
        return jar(manifest);
    }

    private File exporting(String exported) throws IOException {
        Manifest manifest = manifest("exporter");
        manifest.getMainAttributes().putValue(Constants.EXPORT_PACKAGE, exported);
        return jar(manifest);
    }

    private static Manifest manifest(String symbolicName) {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
        return manifest;
    }

    private File jar(Manifest manifest) throws IOException {
        Path file = Files.createTempFile(folder, "bundle", ".jar");
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
        return file.toFile();
    }
}
