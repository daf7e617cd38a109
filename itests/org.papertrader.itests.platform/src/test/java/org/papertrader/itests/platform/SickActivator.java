package org.papertrader.itests.platform;

import java.util.Map;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Becomes a bundle of its own during a test; its health is critical. */
public final class SickActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        HealthCheck check = () -> new Result(Result.Status.CRITICAL, "out of luck");
        context.registerService(HealthCheck.class, check, FrameworkUtil.asDictionary(Map.of("hc.name", "luck")));
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the service back.
    }
}
