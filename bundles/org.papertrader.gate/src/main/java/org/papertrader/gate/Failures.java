package org.papertrader.gate;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Finds the failure behind the wrappers of futures. */
public final class Failures {
    private Failures() {}

    /** The first cause that is no {@link CompletionException} or {@link ExecutionException}. */
    public static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
