package org.papertrader.bench;

import java.nio.file.Path;
import org.papertrader.log.front.internal.FrontRig;
import org.papertrader.log.internal.LogRig;
import org.slf4j.Logger;

/** PaperTrader's own log: front, ring, thread and file. */
final class OwnLog extends LogBackend {
    private final Logger log = FrontRig.logger("bench.own");
    private final LogRig rig;

    OwnLog(Path file) {
        super("papertrader", file);
        rig = new LogRig(file);
    }

    @Override
    void burst(int events) {
        for (int i = 0; i < events; i++) {
            log.info("order {} of {} accepted", ++number, "AAPL");
        }
    }

    /** What a call costs whose level is off. */
    void disabled(int events) {
        for (int i = 0; i < events; i++) {
            log.debug("order {} of {} accepted", i, "AAPL");
        }
    }

    @Override
    public void close() {
        rig.close();
    }
}
