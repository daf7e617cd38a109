package org.papertrader.shell.internal;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.papertrader.shell.text.Failed;
import org.papertrader.shell.text.Words;

/** Bundles as operators name them: by number, or by symbolic name, the newest of that name. */
final class BundleWords {
    private BundleWords() {}

    /** The bundle of this name or number; throws {@link Failed} when there is none. */
    static Bundle bundle(BundleContext context, String word) {
        return named(context, word).orElseThrow(() -> none(word));
    }

    /** The bundle of this name or number. */
    static Optional<Bundle> named(BundleContext context, String word) {
        if (isNumber(word)) {
            return Optional.ofNullable(context.getBundle(Long.parseLong(word)));
        }
        return Stream.of(context.getBundles())
                .filter(bundle -> word.equals(bundle.getSymbolicName()))
                .max(Comparator.comparing(Bundle::getVersion));
    }

    /** Whether it can only be a number. */
    static boolean isNumber(String word) {
        return word.matches("\\d{1,18}");
    }

    static Failed none(String word) {
        return new Failed("there is no bundle " + Words.printable(word) + "; lb lists them");
    }
}
