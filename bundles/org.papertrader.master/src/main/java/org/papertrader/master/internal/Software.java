package org.papertrader.master.internal;

import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.Version;

/** How this program names itself. */
final class Software {
    private Software() {}

    /** {@code PaperTrader/} and the version of this bundle, without its qualifier. */
    static String name() {
        Bundle bundle = FrameworkUtil.getBundle(Software.class);
        Version version = bundle == null ? Version.emptyVersion : bundle.getVersion();
        return "PaperTrader/" + version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
    }
}
