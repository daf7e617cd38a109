package org.papertrader.gate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners that may come and go. Each hears everything once and in order; of two versions of one bundle, one of
 * which is replacing the other, only the newer hears. What finds no listener at all is kept, within a bound, for the one
 * that comes. All methods may be called from any thread; listeners must return at once.
 *
 * @param <S> the listener service
 */
public final class Listeners<S> {
    private final Gate<S> gate;
    private final int keptMax;
    private final Consumer<RuntimeException> onFault;
    private final Deque<Consumer<? super S>> untold = new ArrayDeque<>();
    private final Object telling = new Object();

    /**
     * @param name what they are, for people
     * @param keptMax most news that wait for a listener; one more drops the oldest
     * @param onFault hears of a listener that threw; the others are told all the same
     */
    public Listeners(String name, int keptMax, Consumer<RuntimeException> onFault) {
        this.gate = new Gate<>(name);
        this.keptMax = keptMax;
        this.onFault = onFault;
    }

    /** Adds a listener; for a component's {@code bind} method. It hears what was kept. */
    public void bind(S listener, Map<String, ?> properties) {
        gate.bind(listener, properties);
        tellAll();
    }

    /** Removes a listener as {@link Gate#unbind} does. */
    public boolean unbind(S listener) {
        return gate.unbind(listener);
    }

    /** Tells all listeners. */
    public void tell(Consumer<? super S> news) {
        synchronized (untold) {
            untold.add(news);
            if (untold.size() > keptMax) {
                untold.remove();
            }
        }
        tellAll();
    }

    private void tellAll() {
        synchronized (telling) {
            for (List<Lease<S>> leases = gate.leaseEach(); !leases.isEmpty(); leases = gate.leaseEach()) {
                Consumer<? super S> news = next();
                leases.forEach(lease -> tell(lease, news));
                if (news == null) {
                    return;
                }
            }
        }
    }

    private void tell(Lease<S> lease, @Nullable Consumer<? super S> news) {
        try (lease) {
            if (news != null) {
                news.accept(lease.service());
            }
        } catch (RuntimeException e) {
            // Another bundle's code: its fault must not keep the others from hearing.
            onFault.accept(e);
        }
    }

    private @Nullable Consumer<? super S> next() {
        synchronized (untold) {
            return untold.poll();
        }
    }
}
