package org.papertrader.bench;

import java.io.IOException;
import java.time.Duration;

/**
 * One measured run against one server.
 *
 * @param load what the generator saw
 * @param serverMicros processor time of the server for each reply
 * @param otherCores processors that neither server nor generator used, but somebody did
 */
record Sample(Generator.Load load, double serverMicros, double otherCores) {
    /** Above this the run was disturbed. */
    static final double QUIET_CORES = 0.35;

    static Sample take(Generator generator, long server, int pipeline, Duration duration) throws IOException {
        double cpu = Machine.cpuSeconds(server);
        double busy = Machine.busySeconds();
        long start = System.nanoTime();
        Generator.Load load = generator.run(pipeline, duration);
        double elapsed = (System.nanoTime() - start) / 1e9;
        double used = Machine.cpuSeconds(server) - cpu;
        double all = Machine.busySeconds() - busy;
        double others = (all - used) / elapsed - load.generatorCores();
        return new Sample(load, used * 1e6 / Math.max(1, load.replies()), Math.max(0, others));
    }

    boolean isQuiet() {
        return otherCores < QUIET_CORES;
    }
}
