package org.papertrader.metrics.api;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
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

    private final Map<I, Cell> cells;
    private final Class<I> instructions;
    private final Durations laneTimes = new Durations();
    private final Map<Thread, Lane<I>> lanes = new ConcurrentHashMap<>();
    private final Map<I, Long> ended;

    /** One instruction's counts. */
    private record Cell(LongAdder done, Map<ReasonCode, LongAdder> refused, Durations times) {
        Cell() {
            this(new LongAdder(), new ConcurrentHashMap<>(), new Durations());
        }
    }

    /** Nothing is counted yet. */
    public RequestMeter(Class<I> instructions) {
        this.instructions = instructions;
        this.cells = new EnumMap<>(instructions);
        this.ended = new EnumMap<>(instructions);
        for (I instruction : instructions.getEnumConstants()) {
            cells.put(instruction, new Cell());
        }
    }

    /**
     * A request was answered.
     *
     * @param refusal why not, or null when it was done
     * @param nanos how long it took
     */
    public void answered(I instruction, @Nullable ReasonCode refusal, long nanos) {
        Cell cell = cell(instruction);
        if (refusal == null) {
            cell.done().increment();
        } else {
            cell.refused().computeIfAbsent(refusal, first -> new LongAdder()).increment();
        }
        cell.times().record(nanos);
    }

    private Cell cell(I instruction) {
        return Objects.requireNonNull(cells.get(instruction));
    }

    /** The lane of this thread, which nobody else may count in. */
    public Lane<I> lane() {
        return lanes.computeIfAbsent(Thread.currentThread(), thread -> new Lane<>(instructions, laneTimes));
    }

    /**
     * Counts requests that one thread answers at once and well. Only for its thread.
     *
     * @param <I> the instructions
     */
    public static final class Lane<I extends Enum<I>> {
        private final I[] instructions;
        private final AtomicLongArray answered;
        private final Durations sampled;
        private int tick;

        private Lane(Class<I> instructions, Durations sampled) {
            this.instructions = instructions.getEnumConstants();
            this.answered = new AtomicLongArray(this.instructions.length);
            this.sampled = sampled;
        }

        /** A request begins: what to give to {@link #answered}; mostly 0, when this one is not timed. */
        public long begin() {
            return (++tick & (TIMED_EVERY - 1)) == 0 ? System.nanoTime() : 0;
        }

        /** The request was answered. */
        @SuppressWarnings("EnumOrdinal") // An index of an array that lives no longer than its enum's class.
        public void answered(I instruction, long begun) {
            int index = instruction.ordinal();
            // Nobody else writes, so this loses nothing and costs no locked instruction.
            answered.setOpaque(index, answered.getPlain(index) + 1);
            if (begun != 0) {
                sampled.record(System.nanoTime() - begun);
            }
        }

        private void addTo(Map<I, Long> sums) {
            for (int i = 0; i < instructions.length; i++) {
                sums.merge(instructions[i], answered.getOpaque(i), Long::sum);
            }
        }
    }

    /**
     * What was counted.
     *
     * @param side the value of the label {@code side}
     * @param name the value of the label {@code instruction}
     */
    public List<MetricFamily> metrics(String side, Function<I, String> name) {
        Map<I, Long> inLanes = inLanes();
        List<Sample> requests = new ArrayList<>();
        List<Sample> durations = new ArrayList<>();
        cells.forEach((instruction, cell) -> {
            String text = name.apply(instruction);
            long done = cell.done().sum() + inLanes.getOrDefault(instruction, 0L);
            if (done > 0) {
                requests.add(Sample.of(Map.of("side", side, "instruction", text, "result", "ok"), done));
            }
            cell.refused()
                    .forEach((code, count) -> requests.add(
                            Sample.of(Map.of("side", side, "instruction", text, "result", code.code()), count.sum())));
            if (cell.times().count() > 0) {
                durations.add(cell.times().sample(Map.of("side", side, "instruction", text)));
            }
        });
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
    private synchronized Map<I, Long> inLanes() {
        lanes.forEach((thread, lane) -> {
            if (!thread.isAlive() && lanes.remove(thread, lane)) {
                lane.addTo(ended);
            }
        });
        Map<I, Long> sums = new EnumMap<>(instructions);
        sums.putAll(ended);
        lanes.values().forEach(lane -> lane.addTo(sums));
        return sums;
    }
}
