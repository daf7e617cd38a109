package org.papertrader.auth.internal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.papertrader.auth.internal.AuthSettings.AddressLimits;

/**
 * A token bucket for each client address (for IPv6 each /64 network), so that one client cannot guess at many names or
 * register without end. Time is monotonic.
 */
final class AddressThrottle {
    /** Addresses remembered; the one not seen for longest is forgotten first, with a full bucket. */
    static final int ADDRESSES_MAX = 50_000;

    private static final int NETWORK_BYTES_V6 = 8;
    private static final double NANOS_PER_MINUTE = 60e9;

    private final Supplier<AddressLimits> limits;
    private final LongSupplier nanoTime;
    private final Map<ByteBuffer, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Bucket> eldest) {
            return size() > ADDRESSES_MAX;
        }
    };

    AddressThrottle(Supplier<AddressLimits> limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    private static final class Bucket {
        double tokens;
        long filled;

        Bucket(double tokens, long filled) {
            this.tokens = tokens;
            this.filled = filled;
        }
    }

    /** Takes a token; zero when there was one, else how long until there is. */
    synchronized Duration take(InetAddress address) {
        AddressLimits now = limits.get();
        if (now.burst() == 0) {
            return Duration.ZERO;
        }
        Bucket bucket = filled(address, now);
        if (bucket.tokens >= 1) {
            bucket.tokens -= 1;
            return Duration.ZERO;
        }
        return Duration.ofSeconds((long) Math.ceil((1 - bucket.tokens) * 60 / now.perMinute()));
    }

    /** Gives a token back: the try was an honest one, or had no answer. */
    synchronized void giveBack(InetAddress address) {
        AddressLimits now = limits.get();
        if (now.burst() > 0) {
            Bucket bucket = filled(address, now);
            bucket.tokens = Math.min(now.burst(), bucket.tokens + 1);
        }
    }

    private Bucket filled(InetAddress address, AddressLimits now) {
        long time = nanoTime.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(key(address), key -> new Bucket(now.burst(), time));
        double fresh = (time - bucket.filled) / NANOS_PER_MINUTE * now.perMinute();
        bucket.tokens = Math.min(now.burst(), bucket.tokens + fresh);
        bucket.filled = time;
        return bucket;
    }

    private static ByteBuffer key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES_V6) : bytes);
    }
}
