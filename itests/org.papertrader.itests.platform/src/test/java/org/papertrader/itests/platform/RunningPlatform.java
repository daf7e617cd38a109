package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.papertrader.itests.bundles.Repository;
import org.papertrader.itests.bundles.TestRepository;

/** In the container: the distribution that runs around a test. */
final class RunningPlatform {

    /** Generous: a build machine may be busy with other things. */
    static final Duration START_MAX = Duration.ofSeconds(60);

    private final BundleContext context;

    RunningPlatform(BundleContext context) {
        this.context = context;
    }

    /** Checks that the features are up, and waits until every bundle that is to run does run. */
    void awaitReady() {
        for (ServiceReference<String> announcement : announcements()) {
            assertThat(announcement.getProperty("papertrader.fatal"))
                    .as("why the platform does not start")
                    .isNull();
        }
        await().atMost(START_MAX).untilAsserted(() -> assertThat(notRunning()).isEmpty());
    }

    /** Bundles that are not what a started bundle should be: active, or for a fragment resolved. */
    List<String> notRunning() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() != (isFragment(bundle) ? Bundle.RESOLVED : Bundle.ACTIVE))
                .map(bundle -> bundle + " is in state " + bundle.getState())
                .toList();
    }

    /** The bundle of a symbolic name with the highest version. */
    Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .max((a, b) -> a.getVersion().compareTo(b.getVersion()))
                .orElseThrow(() -> new AssertionError("no bundle " + symbolicName));
    }

    /** Whether some bundle has this symbolic name. */
    boolean has(String symbolicName) {
        return Arrays.stream(context.getBundles()).anyMatch(bundle -> symbolicName.equals(bundle.getSymbolicName()));
    }

    /** The jar that the distribution ships of a bundle. */
    Path jar(String symbolicName) {
        return Repository.shipped(path("papertrader.home"), symbolicName);
    }

    /** A folder named by a framework property. */
    Path path(String property) {
        return Path.of(context.getProperty(property));
    }

    /** The port on which a side listens, which it does once it is linked. */
    int port(String side) {
        return await().atMost(START_MAX).until(() -> announcedPort(side), port -> port > 0);
    }

    private int announcedPort(String side) throws InvalidSyntaxException {
        return context.getServiceReferences(String.class, "(&(papertrader.ready=*)(side=" + side + "))").stream()
                .map(reference -> (Integer) reference.getProperty("papertrader.port"))
                .findFirst()
                .orElse(0);
    }

    /** The one service of a type. */
    <S> S service(Class<S> type) {
        ServiceReference<S> reference = context.getServiceReference(type);
        assertThat(reference).as("service %s", type.getName()).isNotNull();
        return context.getService(reference);
    }

    /** An empty repository of features, which the program knows. */
    TestRepository addRepository() throws Exception {
        TestRepository repository =
                new TestRepository(Files.createTempDirectory(path("papertrader.data"), "repository"));
        shell("feature:repo-add " + repository.root());
        return repository;
    }

    /** Runs a line in the Felix shell; the result is what the user would see. */
    String shell(String line) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CommandSession session =
                service(CommandProcessor.class).createSession(InputStream.nullInputStream(), out, out)) {
            Object result = session.execute(line);
            String printed = out.toString(StandardCharsets.UTF_8);
            return result == null ? printed : printed + session.format(result, 0);
        }
    }

    private Collection<ServiceReference<String>> announcements() throws IllegalStateException {
        try {
            return context.getServiceReferences(String.class, ReadyActivator.ANNOUNCED);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
    }
}
