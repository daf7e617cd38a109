package org.papertrader.workers.api;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The operator's side of the register (MST-19 to MST-21), for the shell and any other user interface. Thread-safe; may
 * block, so it is not for event loops. A worker is meant by its name, its uuid, or the beginning of its uuid, which has
 * at least 4 digits and is no other's. Every action leaves a line in the log; repeating one changes nothing.
 */
@ProviderType
public interface WorkerManagement {
    /** All registered workers, by name. */
    List<WorkerView> list();

    /** One worker; empty when there is none, or several. */
    Optional<WorkerView> find(String worker);

    /** How many workers there are and should be (VAR-2). */
    Census census();

    /**
     * Registers a worker, or changes name, region and addresses of one that is registered with the same key.
     *
     * @param allowedAddresses IP addresses and CIDR ranges, separated by commas
     * @param armoredKey its public OpenPGP key
     */
    Outcome register(UUID uuid, String name, String region, String allowedAddresses, String armoredKey);

    /** Adds a new key beside the old one, which ends when the worker has connected with the new one. */
    Outcome rotate(String worker, String armoredKey);

    /** Ends all keys of the worker but the newest; a link that stands by an ended one is closed. */
    Outcome retireKey(String worker);

    /** Lets the worker connect again. */
    Outcome enable(String worker);

    /** Takes the worker out of service: its clients are told to move, and its link is closed when they are gone. */
    Outcome disable(String worker);

    /** Boots the worker off: its clients are told to move, and its link is closed within a second. */
    Outcome boot(String worker);

    /** Boots the worker off and forgets it. */
    Outcome remove(String worker);

    /** What became of an action; the text is one sentence for the operator. */
    sealed interface Outcome {
        /** What was to be said. */
        String text();

        /** It is so now. */
        record Done(String text) implements Outcome {}

        /** Nothing is changed, or not all of it, as the text says. */
        record Refused(String text) implements Outcome {}
    }

    /**
     * Numbers of workers.
     *
     * @param connected enabled and connected ones
     * @param expected as many as should be
     * @param registered known ones
     * @param clocksWrong connected ones whose orders are refused, as their clocks are too far off
     */
    record Census(int connected, int expected, int registered, int clocksWrong) {
        /** True while fewer are connected than there should be (VAR-2), or some may not take orders. */
        public boolean isDegraded() {
            return connected < expected || clocksWrong > 0;
        }
    }
}
