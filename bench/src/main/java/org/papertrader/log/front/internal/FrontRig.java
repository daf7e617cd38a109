package org.papertrader.log.front.internal;

import org.papertrader.log.front.LogRing;
import org.slf4j.Logger;

/** The real front without a framework. It is in this package because its parts are not public. */
public final class FrontRig {
    private FrontRig() {}

    /** A logger of the one ring of this process. */
    public static Logger logger(String name) {
        return Front.shared().logger(name);
    }

    /** The one ring of this process. */
    public static LogRing ring() {
        return Front.shared().ring();
    }
}
