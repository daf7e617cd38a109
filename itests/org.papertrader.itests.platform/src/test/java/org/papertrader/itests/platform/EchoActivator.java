package org.papertrader.itests.platform;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Becomes a bundle of its own during a test; offers a service that fails once its bundle is stopped. */
public final class EchoActivator implements BundleActivator {

    static final String FILTER = "(echo=yes)";

    /** Wide enough for careless users to meet it, also on a busy machine. */
    private static final long GAP_NANOS = 50_000_000;

    private volatile boolean stopped;

    @Override
    public void start(BundleContext context) {
        String version = context.getBundle().getVersion().toString();
        context.registerService(Callable.class, () -> echo(version), FrameworkUtil.asDictionary(Map.of("echo", "yes")));
    }

    @Override
    public void stop(BundleContext context) {
        stopped = true;
        LockSupport.parkNanos(GAP_NANOS);
    }

    private String echo(String version) {
        if (stopped) {
            throw new IllegalStateException("the provider is gone");
        }
        return version;
    }
}
