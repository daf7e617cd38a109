package org.papertrader.master.internal;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.WorkerLinks;

/**
 * Tells all workers. These components are apart from the router, because the modules that the router uses use them.
 * Without links nobody is told: a worker hears the state of things when it is welcomed.
 */
public abstract class Pusher {
    /** Most assets, sessions or notices of one push. */
    static final int BATCH_MAX = 10_000;

    private final Gate<WorkerLinks> links = new Gate<>("worker links");

    @Reference(
            name = "workerLinks",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindWorkerLinks(WorkerLinks one, Map<String, Object> properties) {
        links.bind(one, properties);
    }

    void unbindWorkerLinks(WorkerLinks one) {
        links.unbind(one);
    }

    final void push(LinkPush push) {
        toLinks(links -> links.push(push));
    }

    final void push(UUID worker, LinkPush push) {
        toLinks(links -> links.push(worker, push));
    }

    private void toLinks(Consumer<WorkerLinks> call) {
        for (Lease<WorkerLinks> lease : links.leaseAll()) {
            try (lease) {
                call.accept(lease.service());
            }
        }
    }

    /** Pushes items in order, at most {@link #BATCH_MAX} at a time. */
    final <T> void pushEach(List<T> items, Function<List<T>, LinkPush> toPush) {
        for (int from = 0; from < items.size(); from += BATCH_MAX) {
            push(toPush.apply(items.subList(from, Math.min(items.size(), from + BATCH_MAX))));
        }
    }

    /** The workers whose links stand. */
    final List<UUID> connected() {
        return links.leaseAll().stream()
                .flatMap(lease -> {
                    try (lease) {
                        return lease.service().connected().stream();
                    }
                })
                .toList();
    }
}
