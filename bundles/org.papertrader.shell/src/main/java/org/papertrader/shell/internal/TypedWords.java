package org.papertrader.shell.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The words after a command, parted.
 *
 * @param options those with dashes
 * @param plain the others, in order
 */
record TypedWords(Set<String> options, List<String> plain) {

    /**
     * Parts them.
     *
     * @throws IllegalArgumentException with one line for who typed it, when an option is none or there are too many words
     */
    static TypedWords of(String command, String[] typed, Set<String> known, int plainMax) {
        Set<String> options = new TreeSet<>();
        List<String> plain = new ArrayList<>();
        for (String word : typed) {
            if (!word.startsWith("--")) {
                plain.add(word);
            } else if (!known.contains(word)) {
                throw new IllegalArgumentException("there is no option " + word + "; see " + command + " --help");
            } else {
                options.add(word);
            }
        }
        if (plain.size() > plainMax) {
            throw new IllegalArgumentException("too many words; see " + command + " --help");
        }
        return new TypedWords(options, plain);
    }

    boolean has(String option) {
        return options.contains(option);
    }

    /** The first plain word; empty text when there is none. */
    String first() {
        return plain.isEmpty() ? "" : plain.get(0);
    }
}
