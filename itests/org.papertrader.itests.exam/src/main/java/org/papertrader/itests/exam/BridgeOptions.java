package org.papertrader.itests.exam;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.opentest4j.AssertionFailedError;
import org.ops4j.pax.exam.Constants;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainerException;
import org.ops4j.pax.tinybundles.TinyBundles;

/** What every container needs before a test has its own wishes. */
final class BridgeOptions {

    /** Bundles of Pax Exam's own, packed into one jar of the class path. */
    private static final List<String> PAX_BUNDLES = List.of(
            "pax-exam.jar",
            "pax-exam-inject.jar",
            "pax-exam-extender-service.jar",
            "ops4j-base.jar",
            "pax-swissbox-core.jar",
            "pax-swissbox-extender.jar",
            "pax-swissbox-framework.jar",
            "pax-swissbox-lifecycle.jar",
            "pax-swissbox-tracker.jar",
            "jakarta.inject-api.jar");

    /** Pax Exam's bundles want an SLF4J below 2; the tested bundles want theirs of 2 or later and never see this. */
    private static final String SLF4J_FOR_PAX = "org.slf4j;version=1.7.36";

    private BridgeOptions() {}

    static List<Option> all() {
        List<Option> options = new ArrayList<>();
        for (String bundle : PAX_BUNDLES) {
            options.add(CoreOptions.url(resource(bundle)).startLevel(Constants.START_LEVEL_SYSTEM_BUNDLES));
        }
        options.add(CoreOptions.systemPackage(SLF4J_FOR_PAX));
        options.add(HostPackages.ofLibraries(
                Test.class, ParameterizedTest.class, AssertionFailedError.class, PaxExamExtension.class));
        options.add(CoreOptions.systemProperty("pax.exam.invoker").value(JupiterActivator.DRIVER));
        options.add(jupiter());
        return options;
    }

    /** A bundle without classes of its own: the activator is a class of the host, like the engine it runs. */
    private static Option jupiter() {
        return CoreOptions.streamBundle(TinyBundles.bundle()
                        .setHeader("Bundle-ManifestVersion", "2")
                        .setHeader("Bundle-SymbolicName", JupiterActivator.class.getPackageName())
                        .setHeader("Bundle-Activator", JupiterActivator.class.getName())
                        .setHeader("DynamicImport-Package", "*")
                        .build(TinyBundles.rawBuilder()))
                .startLevel(Constants.START_LEVEL_SYSTEM_BUNDLES);
    }

    private static String resource(String name) {
        URL found = BridgeOptions.class.getResource("/" + name);
        if (found == null) {
            throw new TestContainerException(name + " is not on the class path: pax-exam-link-assembly is missing");
        }
        return found.toString();
    }
}
