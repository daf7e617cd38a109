package org.papertrader.client;

import java.util.List;
import java.util.Optional;
import org.papertrader.model.WorkerServer;

/**
 * Where a client finds workers: those that it knows, the least loaded first, and a master to ask when none of them can be had.
 *
 * @param master the master; empty when there is nobody to ask
 * @param known workers of a list that a trusted server gave; may be empty where there is a master
 */
public record WorkerSource(Optional<ServerAddress> master, List<WorkerServer> known) {
    public WorkerSource {
        known = List.copyOf(known);
        if (master.isEmpty() && known.isEmpty()) {
            throw new IllegalArgumentException("neither a master nor workers");
        }
    }

    /** A master, which is asked at once. */
    public static WorkerSource master(String host, int port) {
        return new WorkerSource(Optional.of(new ServerAddress(host, port)), List.of());
    }

    /** These workers, and nobody to ask for others. */
    public static WorkerSource workers(List<WorkerServer> known) {
        return new WorkerSource(Optional.empty(), known);
    }

    /** The same with these workers to try first. */
    public WorkerSource withKnown(List<WorkerServer> workers) {
        return new WorkerSource(master, workers);
    }
}
