package org.papertrader.assets.replay.internal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.Bar;
import org.papertrader.model.Price;
import org.papertrader.model.Volume;

/**
 * The bars of one symbol at one resolution, in columns: 57 bytes a bar instead of some 250 as objects. Filled by one
 * thread, then {@link #freeze frozen}; from then on it may be read by any.
 */
final class BarColumns {
    private static final int FIRST_CAPACITY = 64;
    private static final long DAY_MILLIS = 86_400_000;

    private long[] start = new long[FIRST_CAPACITY];
    private long[] end = new long[FIRST_CAPACITY];
    private long[] open = new long[FIRST_CAPACITY];
    private long[] high = new long[FIRST_CAPACITY];
    private long[] low = new long[FIRST_CAPACITY];
    private long[] close = new long[FIRST_CAPACITY];
    private long[] volume = new long[FIRST_CAPACITY];
    private byte[] volumeScale = new byte[FIRST_CAPACITY];
    private int size;

    void add(Bar bar) {
        if (size == start.length) {
            grow(size * 2);
        }
        start[size] = bar.start().toEpochMilli();
        end[size] = bar.end().toEpochMilli();
        open[size] = bar.open().mantissa();
        high[size] = bar.high().mantissa();
        low[size] = bar.low().mantissa();
        close[size] = bar.close().mantissa();
        volume[size] = bar.volume().mantissa();
        volumeScale[size] = (byte) bar.volume().scale();
        size++;
    }

    /**
     * Puts the bars in order of their ends and keeps the first added of several with one end.
     *
     * @return how many were dropped as duplicates
     */
    int freeze() {
        boolean inOrder = IntStream.range(1, size).allMatch(i -> end[i - 1] < end[i]);
        if (inOrder) {
            return 0;
        }
        int[] order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingLong(i -> end[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] kept = IntStream.range(0, size)
                .filter(i -> i == 0 || end[order[i]] != end[order[i - 1]])
                .map(i -> order[i])
                .toArray();
        int dropped = size - kept.length;
        start = picked(start, kept);
        end = picked(end, kept);
        open = picked(open, kept);
        high = picked(high, kept);
        low = picked(low, kept);
        close = picked(close, kept);
        volume = picked(volume, kept);
        byte[] scales = new byte[kept.length];
        for (int i = 0; i < kept.length; i++) {
            scales[i] = volumeScale[kept[i]];
        }
        volumeScale = scales;
        size = kept.length;
        return dropped;
    }

    /**
     * Gives bars of one minute the length that the file's rows have: the most common distance of two, but never beyond the
     * next one's start, so that no bar ends before what it tells has happened. Frozen, of one file.
     */
    void lengthen() {
        long length = commonDistance();
        for (int i = 0; i < size; i++) {
            long longest = i + 1 < size ? Math.min(length, start[i + 1] - start[i]) : length;
            end[i] = Math.max(end[i], start[i] + longest);
        }
    }

    /** In milliseconds, below a day; of several as common the shortest, 0 for a single bar. */
    private long commonDistance() {
        Map<Long, Integer> counts = new TreeMap<>();
        for (int i = 1; i < size; i++) {
            long distance = start[i] - start[i - 1];
            if (distance < DAY_MILLIS) {
                counts.merge(distance, 1, Integer::sum);
            }
        }
        long common = 0;
        int most = 0;
        for (Map.Entry<Long, Integer> entry : counts.entrySet()) {
            if (entry.getValue() > most) {
                most = entry.getValue();
                common = entry.getKey();
            }
        }
        return common;
    }

    /** Adds all bars of another. */
    void addAll(BarColumns other) {
        for (int i = 0; i < other.size; i++) {
            add(other.get(i));
        }
    }

    int size() {
        return size;
    }

    Bar get(int index) {
        return new Bar(
                Instant.ofEpochMilli(start[index]),
                Instant.ofEpochMilli(end[index]),
                new Price(open[index]),
                new Price(high[index]),
                new Price(low[index]),
                new Price(close[index]),
                new Volume(volume[index], volumeScale[index]));
    }

    /** The end of the first bar; only when there is one. */
    Instant firstEnd() {
        return Instant.ofEpochMilli(end[0]);
    }

    /** The end of the last bar; only when there is one. */
    Instant lastEnd() {
        return Instant.ofEpochMilli(end[size - 1]);
    }

    /** The newest bar that ends not after the instant, or null. */
    @Nullable
    Bar latest(Instant asOf) {
        int count = countUntil(asOf);
        return count == 0 ? null : get(count - 1);
    }

    /** The bars that end after {@code after} and not after {@code until}, oldest first. */
    List<Bar> range(Instant after, Instant until) {
        List<Bar> bars = new ArrayList<>();
        int stop = countUntil(until);
        for (int i = countUntil(after); i < stop; i++) {
            bars.add(get(i));
        }
        return bars;
    }

    /** How many bars end not after the instant. */
    private int countUntil(Instant instant) {
        long millis = millis(instant);
        int found = Arrays.binarySearch(end, 0, size, millis);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** In milliseconds, rounded down, and as far as they go for instants beyond. */
    private static long millis(Instant instant) {
        if (instant.getEpochSecond() >= Long.MAX_VALUE / 1_000) {
            return Long.MAX_VALUE;
        }
        return instant.getEpochSecond() <= Long.MIN_VALUE / 1_000 ? Long.MIN_VALUE : instant.toEpochMilli();
    }

    /** Adds all bars to a digest. */
    void update(MessageDigest digest) {
        ByteBuffer row = ByteBuffer.allocate(7 * Long.BYTES + 1);
        for (int i = 0; i < size; i++) {
            row.clear()
                    .putLong(start[i])
                    .putLong(end[i])
                    .putLong(open[i])
                    .putLong(high[i])
                    .putLong(low[i])
                    .putLong(close[i])
                    .putLong(volume[i])
                    .put(volumeScale[i])
                    .flip();
            digest.update(row);
        }
    }

    private void grow(int capacity) {
        start = Arrays.copyOf(start, capacity);
        end = Arrays.copyOf(end, capacity);
        open = Arrays.copyOf(open, capacity);
        high = Arrays.copyOf(high, capacity);
        low = Arrays.copyOf(low, capacity);
        close = Arrays.copyOf(close, capacity);
        volume = Arrays.copyOf(volume, capacity);
        volumeScale = Arrays.copyOf(volumeScale, capacity);
    }

    private static long[] picked(long[] column, int[] indexes) {
        return Arrays.stream(indexes).mapToLong(i -> column[i]).toArray();
    }
}
