package org.papertrader.trading.internal;

import java.sql.SQLException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** A control for the rules: what no class of a bundle may look like. */
public class BreaksEveryRule {
    private final BundleContext context;

    public BreaksEveryRule(BundleContext context) {
        this.context = context;
    }

    public void find() throws SQLException {
        ServiceReference<?> found = context.getServiceReference("java.lang.String");
        throw new SQLException(found.getBundle().getSymbolicName());
    }
}
