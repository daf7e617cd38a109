package org.papertrader.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The load generator: one thread, any number of connections, any dialect. Each connection keeps one batch of requests
 * on its way. The loop allocates nothing, and does the same for every server.
 */
final class Generator implements AutoCloseable {
    private static final long DRAIN_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long SELECT_MILLIS = 100;

    private final Selector selector;
    private final List<Lane> lanes;
    private final Latencies latencies = new Latencies();
    private final Consumer<SelectionKey> onReady = this::ready;
    private int pipeline;
    private int busy;
    private long endNanos;
    private long replies;

    /** What came of one run; latencies are those of whole batches. */
    record Load(long replies, double seconds, double p50Micros, double p99Micros, double generatorCores) {
        double perSecond() {
            return replies / seconds;
        }
    }

    Generator(List<Lane> lanes) throws IOException {
        this.lanes = List.copyOf(lanes);
        this.selector = Selector.open();
        for (Lane lane : lanes) {
            lane.register(selector);
        }
    }

    /** Loads the server for so long, and then waits for the replies that are still to come. */
    Load run(int requestsPerBatch, Duration duration) throws IOException {
        pipeline = requestsPerBatch;
        latencies.clear();
        replies = 0;
        busy = lanes.size();
        long cpu = Machine.threadCpuNanos();
        long start = System.nanoTime();
        endNanos = start + duration.toNanos();
        for (Lane lane : lanes) {
            lane.send(pipeline, System.nanoTime());
        }
        while (busy > 0) {
            try {
                selector.select(onReady, SELECT_MILLIS);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            if (System.nanoTime() - endNanos > DRAIN_NANOS) {
                throw new IOException("replies are missing on " + busy + " connections");
            }
        }
        double cores = (Machine.threadCpuNanos() - cpu) / (double) (System.nanoTime() - start);
        return new Load(replies, duration.toNanos() / 1e9, latencies.micros(0.5), latencies.micros(0.99), cores);
    }

    private void ready(SelectionKey key) {
        Lane lane = (Lane) key.attachment();
        try {
            int received = lane.receive();
            long now = System.nanoTime();
            boolean open = now - endNanos < 0;
            if (open) {
                replies += received;
            }
            if (lane.isIdle()) {
                if (open) {
                    latencies.record(now - lane.sentNanos());
                    lane.send(pipeline, now);
                } else {
                    busy--;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Lane lane : lanes) {
            lane.close();
        }
        selector.close();
    }
}
