package org.papertrader.features.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * What somebody typed after a command that takes {@code --json}.
 *
 * @param json whether the answer is for a machine
 * @param plain the other words
 */
record Typed(boolean json, List<String> plain) {
    private static final String JSON = "--json";

    /** Parts the words; more plain ones than allowed, or another option, are refused. */
    static Typed of(String command, String[] typed, int plainMax) throws FeatureException {
        List<String> plain = new ArrayList<>(List.of(typed));
        boolean json = plain.remove(JSON);
        for (String word : plain) {
            if (word.startsWith("--")) {
                throw new FeatureException("there is no option " + word + "; see " + command + " --help");
            }
        }
        if (plain.size() > plainMax) {
            throw new FeatureException("too many words; see " + command + " --help");
        }
        return new Typed(json, plain);
    }
}
