package org.papertrader.link.internal;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Lines that strangers cause: some at once, then one a second, the others counted. Any thread. */
final class LogBudget {
    private static final int BURST = 20;

    private final Logger log;
    private double tokens = BURST;
    private long last = System.nanoTime();
    private int dropped;

    LogBudget(Logger log) {
        this.log = log;
    }

    synchronized void warn(String line) {
        long now = System.nanoTime();
        tokens = Math.min(BURST, tokens + (now - last) / (double) TimeUnit.SECONDS.toNanos(1));
        last = now;
        if (tokens < 1) {
            dropped++;
            return;
        }
        tokens--;
        log.warn("{}{}", line, dropped == 0 ? "" : " (" + dropped + " lines like this were left out)");
        dropped = 0;
    }
}
