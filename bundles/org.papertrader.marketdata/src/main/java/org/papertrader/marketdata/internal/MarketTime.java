package org.papertrader.marketdata.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.papertrader.marketdata.api.MarketClock;

/**
 * Market time. It never goes back: not when the pace changes, not when the wall clock is set back, and not over a
 * restart either, for a replay runs on for a bounded time only after it was last {@link #stored}. One thread steers;
 * any may read.
 */
final class MarketTime implements MarketClock {
    private final Clock wall;
    private final AtomicReference<Instant> highest;
    private volatile Anchor current;
    private volatile Anchor previous;

    private MarketTime(Clock wall, Anchor anchor) {
        this.wall = wall;
        this.current = anchor;
        this.previous = anchor;
        this.highest = new AtomicReference<>(anchor.market());
    }

    /** A market of the present. */
    static MarketTime present(Clock wall) {
        Instant now = wall.instant();
        return new MarketTime(wall, new Anchor(false, now, now, 1, Instant.MAX, Instant.MAX));
    }

    /** A replay from {@code start} on; it stands still until it was {@link #stored}. */
    static MarketTime replay(Clock wall, Instant start, int acceleration, Instant limit) {
        Instant now = wall.instant();
        return new MarketTime(wall, new Anchor(true, now, start, acceleration, limit, now));
    }

    /** Goes on where it stood; time that the master was down does not pass in a replay. */
    static MarketTime restored(Clock wall, ClockState state) {
        if (!state.replay()) {
            MarketTime time = present(wall);
            time.highest.accumulateAndGet(state.market(), MarketTime::later);
            return time;
        }
        // It may have run on after it was stored, if it was not stopped in order.
        Duration down = Duration.between(state.wall(), wall.instant());
        Duration ran = down.isNegative() || down.compareTo(state.slack()) > 0 ? state.slack() : down;
        Anchor stored =
                new Anchor(true, state.wall(), state.market(), state.acceleration(), state.limit(), Instant.MAX);
        return replay(wall, stored.at(state.wall().plus(ran)), state.acceleration(), state.limit());
    }

    @Override
    public Instant now() {
        return nowAt(wall.instant());
    }

    private Instant nowAt(Instant wallTime) {
        return highest.accumulateAndGet(current.at(wallTime), MarketTime::later);
    }

    @Override
    public Instant at(Instant wallTime) {
        Anchor anchor = current;
        Anchor valid = wallTime.isBefore(anchor.wall()) ? previous : anchor;
        Instant time = valid.at(wallTime);
        Instant now = now();
        return time.isAfter(now) ? now : time;
    }

    /** Market seconds per wall second. */
    int acceleration() {
        return current.acceleration();
    }

    boolean isReplay() {
        return current.replay();
    }

    /** True when a replay has reached the end of its data. */
    boolean isAtEnd() {
        return current.replay() && !now().isBefore(current.limit());
    }

    /** From now on a market of the present. */
    void followPresent() {
        if (current.replay()) {
            turn(new Anchor(false, wall.instant(), now(), 1, Instant.MAX, Instant.MAX));
        }
    }

    /** From now on a replay at this pace up to this limit. */
    void followReplay(int acceleration, Instant limit) {
        Anchor anchor = current;
        if (!anchor.replay()
                || anchor.acceleration() != acceleration
                || !anchor.limit().equals(limit)) {
            Instant at = wall.instant();
            // Stands still until the new pace is stored.
            turn(new Anchor(true, at, nowAt(at), acceleration, limit, at));
        }
    }

    private void turn(Anchor next) {
        previous = current;
        current = next;
    }

    /** What to store now, so that the clock may run on for {@code slack}. */
    ClockState state(Duration slack) {
        Anchor anchor = current;
        Instant at = wall.instant();
        return new ClockState(
                anchor.replay(),
                nowAt(at),
                at,
                anchor.acceleration(),
                anchor.replay() ? anchor.limit() : Instant.EPOCH,
                slack);
    }

    /** The state was stored: the clock may run until its slack is used up. */
    void stored(ClockState state) {
        Anchor anchor = current;
        if (!anchor.replay()) {
            return;
        }
        Instant ceiling = state.wall().plus(state.slack());
        if (anchor.ceiling().isBefore(wall.instant())) {
            // It stood still for want of storage; that time does not pass.
            Instant at = wall.instant();
            turn(new Anchor(true, at, nowAt(at), anchor.acceleration(), anchor.limit(), ceiling));
        } else {
            current = new Anchor(true, anchor.wall(), anchor.market(), anchor.acceleration(), anchor.limit(), ceiling);
        }
    }

    private static Instant later(Instant left, Instant right) {
        return left.isAfter(right) ? left : right;
    }
}
