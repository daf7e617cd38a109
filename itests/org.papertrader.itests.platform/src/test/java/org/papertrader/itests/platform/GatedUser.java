package org.papertrader.itests.platform;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.papertrader.gate.Edge;
import org.papertrader.gate.Gate;

/** In the container: uses a service as the platform's own edge does, through a lease gate, waiting while it is swapped. */
final class GatedUser<S> implements AutoCloseable {

    private static final int PARKED_MAX = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Edge edge = new Edge(PARKED_MAX, PATIENCE, timer);
    private final Gate<S> gate;
    private final ServiceTracker<S, S> tracker;

    /** Uses whatever provider of the type there is. */
    GatedUser(BundleContext context, Class<S> type, String side) throws InvalidSyntaxException {
        gate = new Gate<>(type.getSimpleName());
        String sideFilter = side.isEmpty() ? "" : "(side=" + side + ")";
        Filter filter = FrameworkUtil.createFilter("(&(objectClass=" + type.getName() + ")" + sideFilter + ")");
        tracker = new ServiceTracker<>(context, filter, null) {
            @Override
            public S addingService(ServiceReference<S> reference) {
                S service = super.addingService(reference);
                if (service != null) {
                    gate.bind(service, properties(reference));
                }
                return service;
            }

            @Override
            public void removedService(ServiceReference<S> reference, S service) {
                gate.unbind(service);
                super.removedService(reference, service);
            }
        };
        tracker.open();
    }

    /** One request that is answered at once. */
    <R> R call(Function<S, R> call) throws InterruptedException, ExecutionException, TimeoutException {
        return callAsync(service -> CompletableFuture.completedFuture(call.apply(service)));
    }

    /** One request; waits for its answer. */
    <R> R callAsync(Function<S, CompletionStage<R>> call)
            throws InterruptedException, ExecutionException, TimeoutException {
        return edge.call(gate, true, call)
                .toCompletableFuture()
                .get(PATIENCE.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        tracker.close();
        timer.shutdownNow();
    }

    private static Map<String, Object> properties(ServiceReference<?> reference) {
        Map<String, Object> properties = new HashMap<>();
        for (String key : reference.getPropertyKeys()) {
            properties.put(key, reference.getProperty(key));
        }
        return properties;
    }
}
