package org.papertrader.metrics.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.ReasonCode;

/**
 * Counts the requests of one side by instruction and result, and how long they took. Any thread, without lock and
 * allocation. What is answered a million times a second is counted by a {@link Lane}, which is of one thread.
 *
 * @param <I> the instructions
 */
public final class RequestMeter<I extends Enum<I>> {
    /** Of so many requests of a lane one is timed; a power of two. */
    private static final int TIMED_EVERY = 256;

    private static final int RESULTS = ReasonCode.values().length + 1;
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    private final I[] instructions;
    private final AtomicLongArray counts;
    private final AtomicReferenceArray<@Nullable Durations> times;
    private final Durations laneTimes = new Durations();
    private final Map<Thread, Lane<I>> lanes = new ConcurrentHashMap<>();
    private final long[] ended;

    /** Nothing is counted yet. */
    public RequestMeter(Class<I> instructions) {
        this.instructions = instructions.getEnumConstants();
        counts = new AtomicLongArray(this.instructions.length * RESULTS);
        times = new AtomicReferenceArray<>(this.instructions.length);
        ended = new long[this.instructions.length];
    }

    /**
     * A request was answered.
     *
     * @param refusal why not, or null when it was done
     * @param nanos how long it took
     */
    public void answered(I instruction, @Nullable ReasonCode refusal, long nanos) {
        int result = refusal == null ? 0 : refusal.ordinal() + 1;
        counts.getAndIncrement(instruction.ordinal() * RESULTS + result);
        times(instruction).record(nanos);
    }

    private Durations times(I instruction) {
        Durations known = times.get(instruction.ordinal());
        if (known != null) {
            return known;
        }
        Durations made = new Durations();
        Durations first = times.compareAndExchange(instruction.ordinal(), null, made);
        return first == null ? made : first;
    }

    /** The lane of this thread, which nobody else may count in. */
    public Lane<I> lane() {
        return lanes.computeIfAbsent(Thread.currentThread(), thread -> new Lane<>(instructions.length, laneTimes));
    }

    /**
     * Counts requests that one thread answers at once and well. Only for its thread.
     *
     * @param <I> the instructions
     */
    public static final class Lane<I extends Enum<I>> {
        private final long[] answered;
        private final Durations sampled;
        private int tick;

        private Lane(int instructions, Durations sampled) {
            this.answered = new long[instructions];
            this.sampled = sampled;
        }

        /** A request begins: what to give to {@link #answered}; mostly 0, when this one is not timed. */
        public long begin() {
            return (++tick & (TIMED_EVERY - 1)) == 0 ? System.nanoTime() : 0;
        }

        /** The request was answered. */
        public void answered(I instruction, long begun) {
            int at = instruction.ordinal();
            LONGS.setOpaque(answered, at, answered[at] + 1);
            if (begun != 0) {
                sampled.record(System.nanoTime() - begun);
            }
        }

        private long count(int instruction) {
            return (long) LONGS.getOpaque(answered, instruction);
        }
    }

    /**
     * What was counted.
     *
     * @param side the value of the label {@code side}
     * @param name the value of the label {@code instruction}
     */
    public List<MetricFamily> metrics(String side, Function<I, String> name) {
        long[] inLanes = inLanes();
        List<Sample> requests = new ArrayList<>();
        List<Sample> durations = new ArrayList<>();
        for (I instruction : instructions) {
            int at = instruction.ordinal();
            for (int result = 0; result < RESULTS; result++) {
                long count = counts.get(at * RESULTS + result) + (result == 0 ? inLanes[at] : 0);
                if (count > 0) {
                    String text = result == 0 ? "ok" : ReasonCode.values()[result - 1].code();
                    requests.add(Sample.of(
                            Map.of("side", side, "instruction", name.apply(instruction), "result", text), count));
                }
            }
            Durations known = times.get(at);
            if (known != null) {
                durations.add(known.sample(Map.of("side", side, "instruction", name.apply(instruction))));
            }
        }
        return List.of(
                MetricFamily.counter("papertrader_requests_total", "Requests answered, by result.", requests),
                MetricFamily.histogram(
                        "papertrader_request_duration_seconds",
                        "Time until a request is answered that the cache cannot answer.",
                        durations));
    }

    /** How long the requests of lanes took: one in {@value #TIMED_EVERY} is timed. */
    public Sample laneTimes(Map<String, String> labels) {
        return laneTimes.sample(labels);
    }

    /** Of threads that have ended the counts are kept, the lanes not. */
    private synchronized long[] inLanes() {
        lanes.forEach((thread, lane) -> {
            if (!thread.isAlive() && lanes.remove(thread, lane)) {
                for (int i = 0; i < ended.length; i++) {
                    ended[i] += lane.count(i);
                }
            }
        });
        long[] sums = ended.clone();
        lanes.values().forEach(lane -> {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += lane.count(i);
            }
        });
        return sums;
    }
}
