package org.papertrader.link.internal;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Lines that strangers cause: some at once, then one a second, the others counted. Any thread. */
final class LogBudget {
    private static final int BURST = 20;
    private static final long NANOS_EACH = TimeUnit.SECONDS.toNanos(1);

    private final Logger log;
    private long spent;
    private long last = System.nanoTime();
    private int dropped;

    LogBudget(Logger log) {
        this.log = log;
    }

    synchronized void warn(String line) {
        long now = System.nanoTime();
        spent = Math.max(0, spent - (now - last));
        last = now;
        if (spent > (BURST - 1) * NANOS_EACH) {
            dropped++;
            return;
        }
        spent += NANOS_EACH;
        log.warn("{}{}", line, dropped == 0 ? "" : " (" + dropped + " lines like this were left out)");
        dropped = 0;
    }
}
