package org.papertrader.trading.internal;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceRegistration;

/** A service that is registered at most once and withdrawn at most once, in whatever order the two arrive. */
final class Publication {
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

    /** Compared by identity. */
    private static final class State {
        static final State NEW = new State(null);
        static final State WITHDRAWN = new State(null);

        final @Nullable ServiceRegistration<?> registration;

        State(@Nullable ServiceRegistration<?> registration) {
            this.registration = registration;
        }
    }

    /** Registers, unless it was withdrawn before. Holds no lock, as listeners run inside. */
    void publish(Supplier<ServiceRegistration<?>> register) {
        if (state.get() != State.NEW) {
            return;
        }
        ServiceRegistration<?> registration = register.get();
        if (!state.compareAndSet(State.NEW, new State(registration))) {
            registration.unregister();
        }
    }

    /** Unregisters; returns when the callers' gates have drained. */
    void withdraw() {
        State before = state.getAndSet(State.WITHDRAWN);
        ServiceRegistration<?> registration = before == null ? null : before.registration;
        if (registration != null) {
            registration.unregister();
        }
    }
}
