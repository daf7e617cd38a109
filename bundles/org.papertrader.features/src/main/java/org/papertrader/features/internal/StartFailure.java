package org.papertrader.features.internal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;

/** Says in one line why a bundle did not start; the framework's own words nest every bundle on the way. */
final class StartFailure {
    private static final Pattern REQUIREMENT = Pattern.compile(
            "missing requirement \\[([^ ]+) \\[[^]]*]\\([^)]*\\)] ([^;]+; [^\\[\\]]+?)(?= Unresolved|[\\[\\]]|$)");

    private StartFailure() {}

    static String reason(BundleException failure) {
        Matcher innermost = innermost(failure);
        if (innermost != null) {
            String requirement = innermost.group(2).trim();
            return innermost.group(1) + " needs "
                    + Missing.of(requirement).map(Missing::toString).orElse(requirement);
        }
        Throwable cause = failure.getCause();
        return cause == null ? text(failure) : text(failure) + " (" + oneLine(root(cause)) + ")";
    }

    /** What is missing, where that is why. */
    static Optional<Missing> missing(BundleException failure) {
        Matcher innermost = innermost(failure);
        return innermost == null
                ? Optional.empty()
                : Missing.of(innermost.group(2).trim());
    }

    /** Whether it may succeed when tried again: the framework itself was at this bundle, or resolving, on another thread. */
    static boolean isPassing(BundleException failure) {
        return failure.getType() == BundleException.STATECHANGE_ERROR
                || (failure.getType() == BundleException.RESOLVE_ERROR && innermost(failure) == null);
    }

    private static @Nullable Matcher innermost(BundleException failure) {
        String text = text(failure);
        Matcher matcher = REQUIREMENT.matcher(text);
        int last = -1;
        while (matcher.find()) {
            last = matcher.start();
        }
        return last >= 0 && matcher.reset().find(last) ? matcher : null;
    }

    private static String text(BundleException failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
            root = cause;
        }
        return root;
    }

    private static String oneLine(Throwable failure) {
        return failure.toString().replaceAll("\\s+", " ");
    }
}
