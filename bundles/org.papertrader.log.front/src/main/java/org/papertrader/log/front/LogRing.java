package org.papertrader.log.front;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.slf4j.event.Level;

/**
 * The one bounded store of log entries that are not yet written down (MST-18). A service; safe for any thread.
 * Entries made before anybody drains are kept, up to the bound.
 */
@ProviderType
public interface LogRing {

    /**
     * Opens the only drain. Of two writers of one file the newer thus takes over when the older has closed.
     *
     * @param time longest wait; zero or less does not wait
     * @return the drain, which the caller closes; empty when another one is still open
     * @throws InterruptedException when the thread was interrupted while waiting
     */
    Optional<LogDrain> open(Duration time) throws InterruptedException;

    /** Entries held now, those under way in a drain included; never more than the configured maximum (VAR-3). */
    int size();

    /**
     * Waits until all that was logged before is written and, where the writer does so, on disk; wakes the writer.
     *
     * @param time longest wait
     * @return whether it is; false also when nobody drains
     * @throws InterruptedException when the thread was interrupted while waiting
     */
    boolean flush(Duration time) throws InterruptedException;

    /** Entries dropped since start because the ring was full. */
    long dropped();

    /** The same, by level. */
    Map<Level, Long> droppedByLevel();

    /** Entries written down since start, by level. */
    Map<Level, Long> writtenByLevel();
}
