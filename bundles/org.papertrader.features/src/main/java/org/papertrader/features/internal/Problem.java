package org.papertrader.features.internal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a bundle is not yet good enough.
 *
 * @param line for the operator
 * @param missing what would help; null when that is not the reason
 * @param isLasting whether waiting is of no use
 */
record Problem(String line, @Nullable Missing missing, boolean isLasting) {

    static Problem passing(String line) {
        return new Problem(line, null, false);
    }

    static Problem lasting(String line) {
        return new Problem(line, null, true);
    }

    static Problem missing(String bundle, Missing missing) {
        return new Problem(bundle + " needs " + missing, missing, false);
    }

    /** The line, with who could help. */
    String line(Suppliers suppliers) {
        return Optional.ofNullable(missing)
                .map(what -> line + ", which " + suppliers.who(what))
                .orElse(line);
    }
}
