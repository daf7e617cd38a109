package org.papertrader.features.internal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * What a bundle needs and nobody in the framework gives.
 *
 * @param kind such as {@code package} or {@code service}
 * @param name what of it
 * @param versions the range that would do; empty for any
 */
record Missing(String kind, String name, String versions) {
    static final String PACKAGE = "package";
    static final String SERVICE = "service";

    private static final Pattern ATTRIBUTE = Pattern.compile("osgi\\.wiring\\.(package|bundle|host)=([^)]+)\\)");
    private static final Pattern FROM = Pattern.compile("version>=([^)]+)\\)");
    private static final Pattern BELOW = Pattern.compile("!\\([a-z-]*version>=([^)]+)\\)");

    /** Reads a requirement as the framework writes it, {@code namespace; filter}; empty for one of another kind. */
    static Optional<Missing> of(String requirement) {
        Matcher attribute = ATTRIBUTE.matcher(requirement);
        if (!attribute.find()) {
            return Optional.empty();
        }
        Matcher from = FROM.matcher(requirement);
        Matcher below = BELOW.matcher(requirement);
        String versions = from.find() ? "[" + from.group(1) + (below.find() ? "," + below.group(1) + ")" : ",)") : "";
        return Optional.of(new Missing(attribute.group(1), attribute.group(2), versions));
    }

    /** Whether a package or bundle of this version would do. */
    boolean takes(Version version) {
        if (versions.isEmpty()) {
            return true;
        }
        // OSGi writes a range without an end as its beginning alone.
        String range = versions.endsWith(",)") ? versions.substring(1, versions.length() - 2) : versions;
        return new VersionRange(range).includes(version);
    }

    @Override
    public String toString() {
        return kind + " " + name + (versions.isEmpty() ? "" : " " + versions);
    }
}
