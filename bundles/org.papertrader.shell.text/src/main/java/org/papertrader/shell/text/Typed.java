package org.papertrader.shell.text;

import java.util.Optional;

/** What was typed after a command's name, once the shell has taken out the options that it knows. */
public final class Typed {
    /** What confirms that something shall be done that cannot be taken back. */
    public static final String YES = "--yes";

    /** What asks for JSON instead of text for people. */
    public static final String JSON = "--json";

    private Typed() {}

    /** The one word; throws {@link Failed} with the usage when it is not exactly one. */
    public static String one(String[] words, String usage) {
        return atMostOne(words, usage).orElseThrow(() -> new Failed("usage: " + usage));
    }

    /** The word, if there is one; throws {@link Failed} with the usage when there are more. */
    public static Optional<String> atMostOne(String[] words, String usage) {
        for (String word : words) {
            if (word.startsWith("--")) {
                throw new Failed("there is no option " + Words.printable(word) + "; usage: " + usage);
            }
        }
        if (words.length > 1) {
            throw new Failed("usage: " + usage);
        }
        return words.length == 0 ? Optional.empty() : Optional.of(words[0]);
    }

    /** Nothing at all; throws {@link Failed} with the usage otherwise. */
    public static void none(String[] words, String usage) {
        atMostOne(words, usage).ifPresent(word -> {
            throw new Failed("usage: " + usage);
        });
    }

    /** A number from 1 to {@code most}; throws {@link Failed} when the text is none. */
    public static int number(String text, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new Failed("'" + Words.printable(text) + "' is no number from 1 to " + most);
    }

    /** Throws {@link Failed} that asks to be confirmed, in the words by which shells know such a question. */
    public static void confirmed(boolean yes, String what) {
        if (!yes) {
            throw new Failed(what + "; add " + YES + " to do it");
        }
    }
}
