package org.papertrader.shell.console;

import java.util.regex.Pattern;

/** Makes text fit to be written down: no secret in it, and nothing that could pass for another line. */
public final class Secrets {
    private static final Pattern SECRET = Pattern.compile(
            "([\\w.-]*(?:password|passphrase|passwd|secret|token|credential|api-?key)[\\w.-]*[\"']?)(\\s*[=:]\\s*|\\s+)"
                    + "(\"[^\"]*\"|'[^']*'|[^\\s;|]+)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile(
            "password|passphrase|passwd|secret|token|credential|api-?_?key|private-?_?key", Pattern.CASE_INSENSITIVE);
    private static final int LENGTH_MAX = 4_000;

    private Secrets() {}

    /** Whether a name is that of a secret. */
    public static boolean isSecret(String name) {
        return NAME.matcher(name).find();
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
