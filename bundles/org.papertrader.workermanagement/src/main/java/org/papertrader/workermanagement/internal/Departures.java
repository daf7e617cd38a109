package org.papertrader.workermanagement.internal;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.papertrader.link.api.LinkPush;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;

/** Workers that may connect no more and whose links stand a little longer, so that their clients can be told. */
final class Departures {
    private static final Refusal REASON = Refusal.of(
            ReasonCode.SHUTTING_DOWN, "This worker is taken out of service; connect to another one of the list.");

    private final Map<UUID, Departure> leaving = new ConcurrentHashMap<>();

    private record Departure(Pace pace, long begun) {}

    /** How much time there is. */
    enum Pace {
        /** At once, which is less than a second (MST-21), whatever else the machine does meanwhile. */
        BOOT(Duration.ofMillis(200), Duration.ofMillis(300)),
        /** What is under way may end; sooner when all clients have gone. */
        DRAIN(Duration.ofSeconds(10), Duration.ofSeconds(12));

        /** For clients to go by themselves. */
        final Duration clients;

        /** For the link to close. */
        final Duration link;

        Pace(Duration clients, Duration link) {
            this.clients = clients;
            this.link = link;
        }

        /** What the worker is told. */
        LinkPush.MoveClients word() {
            return new LinkPush.MoveClients(REASON, clients);
        }
    }

    /** The worker leaves from now on; a hurry overrides patience. */
    void begin(UUID worker, Pace pace) {
        Departure fresh = new Departure(pace, System.nanoTime());
        leaving.merge(worker, fresh, (old, now) -> old.pace() == Pace.BOOT ? old : now);
    }

    /** True while the link may stand. */
    boolean isLeaving(UUID worker) {
        Departure departure = leaving.get(worker);
        return departure != null
                && System.nanoTime() - departure.begun() < departure.pace().link.toNanos();
    }

    /** True when it waits for its clients alone. */
    boolean isDraining(UUID worker) {
        Departure departure = leaving.get(worker);
        return departure != null && departure.pace() == Pace.DRAIN;
    }

    /** True when it was leaving. */
    boolean end(UUID worker) {
        return leaving.remove(worker) != null;
    }
}
