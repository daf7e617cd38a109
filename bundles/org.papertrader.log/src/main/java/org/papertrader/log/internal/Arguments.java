package org.papertrader.log.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What somebody typed after a command. */
final class Arguments {

    private final List<String> plain = new ArrayList<>();
    private final Set<String> flags = new TreeSet<>();
    private final Map<String, String> values = new TreeMap<>();

    private Arguments() {}

    /**
     * Sorts what was typed.
     *
     * @param flags known options without a value
     * @param valued known options that take one
     * @throws UsageException when it fits neither
     */
    static Arguments of(String[] typed, Set<String> flags, Set<String> valued) {
        Arguments arguments = new Arguments();
        for (int i = 0; i < typed.length; i++) {
            String word = typed[i];
            if (flags.contains(word)) {
                arguments.flags.add(word);
            } else if (valued.contains(word)) {
                i++;
                if (i == typed.length) {
                    throw new UsageException(word + " needs a value");
                }
                arguments.values.put(word, typed[i]);
            } else if (word.startsWith("--")) {
                throw new UsageException("there is no option " + word);
            } else {
                arguments.plain.add(word);
            }
        }
        return arguments;
    }

    List<String> plain() {
        return plain;
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }

    /**
     * A number between one and the most.
     *
     * @throws UsageException when it is none
     */
    static int count(String text, int most) {
        try {
            int count = Integer.parseInt(text);
            if (count >= 1 && count <= most) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new UsageException("'" + text + "' is no number from 1 to " + most);
    }

    /** What was typed makes no sense; the message says why. */
    static final class UsageException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }

        /** The same, and where one can read on. */
        UsageException withHelp(String command) {
            UsageException told = new UsageException(getMessage() + "; see " + command + " --help");
            told.addSuppressed(this);
            return told;
        }
    }
}
