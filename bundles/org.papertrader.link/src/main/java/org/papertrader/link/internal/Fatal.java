package org.papertrader.link.internal;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whoever runs the program that an end of a link cannot do its work; it is over when the end stops. */
final class Fatal {
    private static final Logger LOG = LoggerFactory.getLogger(Fatal.class);

    private final BundleContext context;
    private @Nullable ServiceRegistration<String> announcement;

    Fatal(BundleContext context) {
        this.context = context;
    }

    /** Any thread. */
    synchronized void announce(String line) {
        LOG.error("{}", line);
        announcement = context.registerService(
                String.class, line, FrameworkUtil.asDictionary(Map.of("papertrader.fatal", line)));
    }

    synchronized void clear() {
        if (announcement != null) {
            announcement.unregister();
            announcement = null;
        }
    }
}
