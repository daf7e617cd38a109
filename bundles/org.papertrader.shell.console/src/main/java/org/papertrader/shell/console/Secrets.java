package org.papertrader.shell.console;

import java.util.regex.Pattern;

/** Makes text fit to be written down: no secret in it, and nothing that could pass for another line. */
public final class Secrets {
    /** Whatever has one of these in its name. {@code features} has the same list for values of configurations. */
    private static final String WORDS =
            "(?:password|passphrase|passwd|secret|token|credential|api-?_?key|private-?_?key)";

    private static final Pattern NAME = Pattern.compile(WORDS, Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET = Pattern.compile(
            "(" + WORDS + "[\\w.-]{0,100}[\"']?)(\\s*[=:]\\s*|\\s+)(\"[^\"]*\"|'[^']*'|[^\\s;|]+)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PLACE = Pattern.compile(".*(?:File|Files|Variable|Directory|Max|Ms)");
    private static final int LENGTH_MAX = 4_000;

    private Secrets() {}

    /** Whether a name is that of a secret, or of where one is, see {@link #isPlace}. */
    public static boolean isSecret(String name) {
        return NAME.matcher(name).find();
    }

    /** Whether a name is that of a file, a variable or a bound, which are no secrets. */
    public static boolean isPlace(String name) {
        return PLACE.matcher(name).matches();
    }

    /** Replaces what follows a word that names a secret. */
    public static String mask(String text) {
        return SECRET.matcher(text).replaceAll("$1$2***");
    }

    /** Writes control characters, quotes and backslashes as escapes, and cuts what is very long. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < Math.min(text.length(), LENGTH_MAX); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (Character.isISOControl(c)
                    || Character.getType(c) == Character.FORMAT
                    || c == '\u2028'
                    || c == '\u2029') {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return text.length() > LENGTH_MAX ? escaped + "..." : escaped.toString();
    }
}
