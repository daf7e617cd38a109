package org.papertrader.master.internal;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.gate.Lease;
import org.papertrader.gate.UnavailableException;
import org.papertrader.link.api.LinkPush;
import org.papertrader.protocol.api.Return;
import org.papertrader.workers.api.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the links: pushes the list of workers when it changed, and forgets the presence that a worker told whose
 * link is gone, so that the grace time of its sessions begins (PRO-15).
 */
@Component(service = LinkWatch.class, immediate = true)
public final class LinkWatch extends Pusher {
    private static final Logger LOG = LoggerFactory.getLogger(LinkWatch.class);
    private static final Duration PERIOD = Duration.ofMillis(250);

    private final RouterComponent router;
    private final ScheduledExecutorService timer;
    private Return.@Nullable Workers told;
    private Set<UUID> missing = Set.of();

    @Activate
    public LinkWatch(@Reference RouterComponent router) {
        this(router, PERIOD);
    }

    LinkWatch(RouterComponent router, Duration period) {
        this.router = router;
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "master-links");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::turn, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void deactivate() {
        timer.shutdown();
    }

    private void turn() {
        try {
            look();
        } catch (UnavailableException e) {
            // The register is being swapped: nobody is told that there are no workers.
            LOG.debug("the list of workers is looked at later: {}", e.getMessage());
        } catch (RuntimeException e) {
            // The edge of a thread: a fault of another bundle must not end the watch.
            LOG.error("looking after the links failed", e);
        }
    }

    /** One turn. */
    synchronized void look() {
        Lease<Workers> lease = router.workers().tryLease();
        if (lease != null) {
            try (lease) {
                tell(lease.service());
            }
        }
        forgetTheMissing();
    }

    private void tell(Workers register) {
        Return.Workers list = InfoDesk.list(register, null);
        if (!list.equals(told)) {
            told = list;
            connected().forEach(worker -> push(worker, new LinkPush.WorkerList(InfoDesk.list(register, worker))));
        }
    }

    /** A worker is welcomed shortly before its link counts as standing, so it must be missing twice. */
    private void forgetTheMissing() {
        List<UUID> standing = connected();
        standing.forEach(router.presenceBook()::know);
        Set<UUID> now = new HashSet<>(router.presenceBook().workers());
        standing.forEach(now::remove);
        now.stream().filter(missing::contains).forEach(router.presenceBook()::left);
        missing = now;
    }
}
