package org.papertrader.itests.platform;

import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** A user of {@link EchoActivator}'s service who takes no care at all. */
final class Echo {

    private Echo() {}

    /**
     * Asks the provider that is there now.
     *
     * @return its version
     * @throws Exception when there is none or it fails
     */
    static String ask(BundleContext context) throws Exception {
        for (ServiceReference<?> reference : context.getServiceReferences(Callable.class, EchoActivator.FILTER)) {
            return String.valueOf(((Callable<?>) context.getService(reference)).call());
        }
        throw new IllegalStateException("no provider");
    }
}
