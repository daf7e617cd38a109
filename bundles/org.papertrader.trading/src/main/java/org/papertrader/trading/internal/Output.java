package org.papertrader.trading.internal;

import java.util.function.Consumer;

/** Where intervals put what they decide. */
interface Output {
    /** Hands over what was decided before, then a batch of its own that {@code filling} fills. */
    void alone(Consumer<Batch> filling);
}
