package org.papertrader.itests.exam;

import java.util.Map;
import org.ops4j.pax.exam.ProbeInvokerFactory;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** In the container: offers Pax Exam a way to run tests with Jupiter. */
public final class JupiterActivator implements BundleActivator {

    /** Name under which Pax Exam asks for this way. */
    static final String DRIVER = "junit5";

    @Override
    public void start(BundleContext context) {
        context.registerService(
                ProbeInvokerFactory.class,
                (probe, expression) -> new JupiterInvoker(((BundleContext) probe).getBundle()),
                FrameworkUtil.asDictionary(Map.of("driver", DRIVER)));
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the service back.
    }
}
