package org.papertrader.shell.internal;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.papertrader.shell.text.Failed;
import org.papertrader.shell.text.Words;

/** Bundles from places, which are URLs of jars. */
final class BundlePlaces {
    private BundlePlaces() {}

    /** Installs those that are not yet there, or none; throws {@link Failed} with one line that says why. */
    static List<Bundle> installed(BundleContext context, List<String> places) {
        Map<String, Bundle> bundles = new LinkedHashMap<>();
        List<Bundle> before = Arrays.asList(context.getBundles());
        try {
            for (String place : places) {
                bundles.put(place, installed(context, place));
            }
        } catch (Failed e) {
            bundles.values().stream()
                    .filter(bundle -> !before.contains(bundle))
                    .forEach(bundle -> uninstall(bundle, e));
            throw e;
        }
        return List.copyOf(bundles.values());
    }

    private static Bundle installed(BundleContext context, String place) {
        if (place.indexOf(':') < 0) {
            throw new Failed(Words.printable(place) + " is not installed: name it by its URL, as in file:/PATH");
        }
        try {
            return context.installBundle(place);
        } catch (BundleException e) {
            throw failed(place + " is not installed", e);
        }
    }

    static void uninstall(Bundle bundle, Failed reason) {
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            reason.addSuppressed(e);
        }
    }

    /** With the innermost reason, which says most. */
    static Failed failed(String what, BundleException failure) {
        Throwable reason = failure;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        String text = reason.getMessage() == null ? reason.toString() : reason.getMessage();
        return new Failed(Words.printable(what + ": " + text.replaceAll("\\s+", " ")));
    }
}
