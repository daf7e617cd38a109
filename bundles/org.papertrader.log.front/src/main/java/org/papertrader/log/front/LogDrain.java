package org.papertrader.log.front;

import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The exclusive right to take entries out of the {@link LogRing}. Safe for any thread; drains run one at a time. */
@ProviderType
public interface LogDrain extends AutoCloseable {

    /**
     * Waits until the ring is half full, holds a new warning or error, an {@link #wake()} or the time is over, whichever
     * comes first.
     *
     * @param time longest wait
     * @throws InterruptedException when the thread was interrupted while waiting
     */
    void await(Duration time) throws InterruptedException;

    /** Ends a running or the next {@link #await}. */
    void wake();

    /**
     * Hands over everything that is in the ring now, oldest first, some hundreds at a time. The entries count against
     * the bound until the sink returns; those that it did not write, all when it throws, go back to where they were and
     * will be handed over again. When entries were dropped since the last drain that wrote something, the first one handed
     * over says how many of which level.
     *
     * @param sink writes the entries durably enough before it returns; called by the calling thread, until it has all or
     *     does not write all
     * @return number of entries written
     * @throws IllegalStateException after {@link #close()}
     */
    int drain(Sink sink);

    /** Lets the next one {@link LogRing#open() open}. Doing it twice does no harm. */
    @Override
    void close();

    /** Takes entries. */
    @FunctionalInterface
    interface Sink {
        /**
         * Writes entries.
         *
         * @param entries oldest first, never empty
         * @return how many, from the oldest on, were written whole
         */
        int write(List<CapturedEntry> entries);
    }
}
