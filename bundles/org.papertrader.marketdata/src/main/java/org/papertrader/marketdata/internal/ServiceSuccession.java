package org.papertrader.marketdata.internal;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Begins by registering a mark as a service, and looks for that of a newer version of this bundle. */
final class ServiceSuccession implements Succession {
    private static final String MARK = ServiceSuccession.class.getName();

    private final BundleContext context;
    private boolean begun;

    ServiceSuccession(BundleContext context) {
        this.context = context;
    }

    @Override
    public void begin() {
        if (!begun) {
            begun = true;
            // Taken back by the framework when the bundle stops.
            context.registerService(MARK, this, null);
        }
    }

    /** Looks at all versions, though each has its own class of this name. */
    @Override
    public boolean isSuperseded() {
        try {
            ServiceReference<?>[] marks = context.getAllServiceReferences(MARK, null);
            for (ServiceReference<?> mark : marks == null ? new ServiceReference<?>[0] : marks) {
                if (isNewer(mark.getBundle())) {
                    return true;
                }
            }
            return false;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isNewer(@Nullable Bundle other) {
        return other != null && other.getVersion().compareTo(context.getBundle().getVersion()) > 0;
    }
}
