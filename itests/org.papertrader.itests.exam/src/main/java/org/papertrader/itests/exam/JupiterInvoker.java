package org.papertrader.itests.exam;

import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.ops4j.pax.exam.ProbeInvoker;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** In the container: runs one test of the probe bundle with the Jupiter engine. */
final class JupiterInvoker implements ProbeInvoker {

    /** Asks for no test at all. */
    static final String NOTHING = "";

    private static final String ENGINE_SEGMENT = "[engine:junit-jupiter]";

    /** Only the engine: what else is registered on the host has seen this test there. */
    private static final LauncherConfig ENGINE_ONLY = LauncherConfig.builder()
            .enableTestEngineAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .addTestEngines(new JupiterTestEngine())
            .build();

    private final Bundle probe;

    JupiterInvoker(Bundle probe) {
        this.probe = probe;
    }

    /** Expects the unique id of one test; throws {@link ContainerTestFailure} unless it passes. */
    @Override
    public void call(Object... arguments) {
        String uniqueId = arguments[0].toString();
        if (uniqueId.equals(NOTHING)) {
            return;
        }
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectUniqueId(jupiterPart(uniqueId)))
                .build();
        Outcome outcome = new Outcome(uniqueId);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Jupiter finds the class of a unique id through the context class loader.
        thread.setContextClassLoader(probe.adapt(BundleWiring.class).getClassLoader());
        try {
            LauncherFactory.create(ENGINE_ONLY).execute(request, outcome);
        } finally {
            thread.setContextClassLoader(before);
        }
        outcome.throwUnlessPassed();
    }

    /** On the host Jupiter may itself be run by another engine, such as a suite. */
    private static String jupiterPart(String uniqueId) {
        return uniqueId.substring(Math.max(0, uniqueId.indexOf(ENGINE_SEGMENT)));
    }
}
