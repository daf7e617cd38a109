package org.papertrader.link.internal.secure;

import java.util.function.Function;

/**
 * Something that was read, or why it cannot be used.
 *
 * @param <T> what was asked for
 */
public sealed interface Loaded<T> {
    /** It can be used. */
    record Good<T>(T value) implements Loaded<T> {}

    /** It cannot; a sentence for the operator, without secrets. */
    record Bad<T>(String problem) implements Loaded<T> {}

    /** Goes on with what was read. */
    default <R> Loaded<R> then(Function<T, Loaded<R>> next) {
        if (this instanceof Good<T> good) {
            return next.apply(good.value());
        }
        return new Bad<>(((Bad<T>) this).problem());
    }
}
