package org.papertrader.features.internal;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Configuration of the feature manager. It reads its own: Declarative Services, which does so for others, comes with a
 * feature.
 *
 * @param repositories places beside the one that the distribution ships
 * @param pinned SHA-256 of certificates; with none, signatures are not checked
 * @param patienceMs what a bundle has to become good
 * @param settleMs how long all must then stay good
 */
record FeatureSettings(List<String> repositories, List<String> pinned, long patienceMs, long settleMs) {
    static final String PID = "org.papertrader.features";
    static final String REPOSITORIES = "repositories";

    private static final String PINNED = "pinnedCertificates";
    private static final Pattern SHA256 = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final String PATIENCE_MS = "patienceMs";
    private static final String SETTLE_MS = "settleMs";
    private static final String PATIENCE_MS_DEFAULT = "20000";
    private static final String SETTLE_MS_DEFAULT = "3000";

    static FeatureSettings of(Map<String, String> values) throws FeatureException {
        List<String> pinned = Lists.split(values.getOrDefault(PINNED, ""));
        for (String pin : pinned) {
            if (!SHA256.matcher(pin.replace(":", "")).matches()) {
                throw new FeatureException(PINNED + ": '" + pin
                        + "' is no SHA-256, which has 64 hexadecimal digits, with or without colons");
            }
        }
        return new FeatureSettings(
                Lists.split(values.getOrDefault(REPOSITORIES, "")),
                pinned,
                number(values, PATIENCE_MS, PATIENCE_MS_DEFAULT),
                number(values, SETTLE_MS, SETTLE_MS_DEFAULT));
    }

    private static long number(Map<String, String> values, String key, String standard) throws FeatureException {
        return (Long) Scalars.parse(key, values.getOrDefault(key, standard), "Long");
    }
}
