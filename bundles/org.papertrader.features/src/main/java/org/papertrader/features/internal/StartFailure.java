package org.papertrader.features.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.BundleException;

/** Says in one line why a bundle did not start; the framework's own words nest every bundle on the way. */
final class StartFailure {
    private static final Pattern REQUIREMENT = Pattern.compile(
            "missing requirement \\[([^ ]+) \\[[^]]*]\\([^)]*\\)] ([^;]+; [^\\[\\]]+?)(?= Unresolved|[\\[\\]]|$)");

    private StartFailure() {}

    static String reason(BundleException failure) {
        String text = String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
        Matcher matcher = REQUIREMENT.matcher(text);
        String innermost = "";
        while (matcher.find()) {
            innermost = matcher.group(1) + " needs " + matcher.group(2).trim();
        }
        if (!innermost.isEmpty()) {
            return innermost;
        }
        Throwable cause = failure.getCause();
        return cause == null ? text : text + " (" + cause + ")";
    }
}
