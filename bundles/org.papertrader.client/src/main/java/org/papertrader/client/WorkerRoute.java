package org.papertrader.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.WorkerServer;

/**
 * The workers of the list that was told last, the near ones first; the master is asked when none of them can be had.
 * Thread-safe.
 */
final class WorkerRoute implements Route {
    private final Optional<ServerAddress> master;
    private final ClientOptions options;
    private final Nearness nearness;
    private volatile List<WorkerServer> workers;

    WorkerRoute(WorkerSource source, ClientOptions options) {
        this.master = source.master();
        this.workers = source.known();
        this.options = options;
        this.nearness = new Nearness(options.measuring());
    }

    @Override
    public boolean isRoaming() {
        return true;
    }

    @Override
    public void told(List<WorkerServer> list) {
        if (!list.isEmpty()) {
            workers = List.copyOf(list);
        }
    }

    @Override
    public boolean isStranded(ServerAddress server) {
        if (master.isEmpty()) {
            return false;
        }
        try {
            List<WorkerServer> fresh = ask(master.get());
            told(fresh);
            return !fresh.isEmpty()
                    && fresh.stream().noneMatch(worker -> address(worker).equals(server));
        } catch (ConnectionLostException | UntrustedServerException | RefusedException e) {
            // Then it is the master that is away.
            return false;
        }
    }

    @Override
    public Connection take(@Nullable ServerAddress left, boolean again, Attempt attempt) {
        List<WorkerServer> known = workers;
        RuntimeException failure;
        try {
            return first(known, left, attempt);
        } catch (ConnectionLostException | UntrustedServerException e) {
            failure = e;
        }
        // When all clients of a worker must move, the others are slow at first; all asking the master is no help.
        if (master.isPresent() && (left == null || again)) {
            // It may know others by now, or other certificates.
            List<WorkerServer> fresh = ask(master.get());
            if (!Set.copyOf(fresh).equals(Set.copyOf(known))) {
                told(fresh);
                return first(fresh, left, attempt);
            }
        }
        throw failure;
    }

    private Connection first(List<WorkerServer> list, @Nullable ServerAddress left, Attempt attempt) {
        List<WorkerServer> others = new ArrayList<>(list);
        others.removeIf(worker -> address(worker).equals(left));
        List<WorkerServer> order = new ArrayList<>(nearness.nearestFirst(left == null ? others : shuffled(others)));
        list.stream().filter(worker -> address(worker).equals(left)).forEach(order::add);
        RuntimeException failure = new ConnectionLostException(noWorkers(), null);
        for (WorkerServer worker : order) {
            try {
                return attempt.at(address(worker), options.trust().of(worker));
            } catch (ConnectionLostException | UntrustedServerException e) {
                failure = e;
            }
        }
        throw failure;
    }

    /** By chance within each region: whoever must move does so with many others, who all have the same list. */
    private static List<WorkerServer> shuffled(List<WorkerServer> list) {
        List<String> regions =
                list.stream().map(WorkerServer::region).distinct().toList();
        List<WorkerServer> order = new ArrayList<>(list);
        Collections.shuffle(order, ThreadLocalRandom.current());
        order.sort(Comparator.comparingInt(worker -> regions.indexOf(worker.region())));
        return order;
    }

    private String noWorkers() {
        return master.map(server -> "the master at " + server + " has no workers now")
                .orElse("no worker is known");
    }

    private static ServerAddress address(WorkerServer worker) {
        return new ServerAddress(worker.host(), worker.port());
    }

    private List<WorkerServer> ask(ServerAddress server) {
        ClientOptions quiet = options.withNotices(notice -> {}).withMoves(moved -> {});
        try (BlockingTraderClient client = BlockingTraderClient.connect(server.host(), server.port(), quiet)) {
            return client.workers();
        }
    }
}
