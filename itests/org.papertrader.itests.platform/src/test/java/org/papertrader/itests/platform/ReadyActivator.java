package org.papertrader.itests.platform;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceListener;

/**
 * Becomes the last bundle to start, and keeps the framework from being ready before the features are: only then may the
 * test class be loaded, because it names classes of their bundles.
 */
public final class ReadyActivator implements BundleActivator {

    /** What the feature manager says when it is done, or when it gives up. */
    static final String ANNOUNCED = "(&(objectClass=java.lang.String)(|(papertrader.started=*)(papertrader.fatal=*)))";

    private static final long START_MAX_SECONDS = 60;

    @Override
    public void start(BundleContext context) throws InvalidSyntaxException, InterruptedException {
        CountDownLatch announced = new CountDownLatch(1);
        ServiceListener listener = event -> announced.countDown();
        context.addServiceListener(listener, ANNOUNCED);
        try {
            if (context.getAllServiceReferences(String.class.getName(), ANNOUNCED) == null
                    && !announced.await(START_MAX_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the features are not up after " + START_MAX_SECONDS + " s");
            }
        } finally {
            context.removeServiceListener(listener);
        }
    }

    @Override
    public void stop(BundleContext context) {
        // Nothing is held.
    }
}
