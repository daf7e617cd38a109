package org.papertrader.link.internal;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/** Whether the whole program stops: links then end as a matter of course, also those between its own parts. */
final class ProgramEnd {
    private ProgramEnd() {}

    static boolean hasBegun() {
        Bundle own = FrameworkUtil.getBundle(ProgramEnd.class);
        BundleContext context = own == null ? null : own.getBundleContext();
        try {
            return context != null
                    && context.getBundle(Constants.SYSTEM_BUNDLE_ID).getState() == Bundle.STOPPING;
        } catch (IllegalStateException e) {
            // This bundle itself has just been stopped.
            return true;
        }
    }
}
