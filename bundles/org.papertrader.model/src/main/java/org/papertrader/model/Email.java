package org.papertrader.model;

import java.util.Locale;

/**
 * An e-mail address (DS-1): at most 321 characters, one {@code @} between a local part of 1 to 64 and a domain of 1 to
 * 255 characters, no white space of Unicode and no control characters.
 */
public record Email(String value) {
    /** Most characters of an address. */
    public static final int LENGTH_MAX = 321;

    public Email {
        if (!isValid(value)) {
            throw new IllegalArgumentException("an e-mail address looks like name@example.org, at most 321 characters");
        }
    }

    private static boolean isValid(String text) {
        int at = text.lastIndexOf('@');
        return text.length() <= LENGTH_MAX
                && at >= 1
                && at <= 64
                && text.indexOf('@') == at
                && text.length() - at - 1 >= 1
                && text.length() - at - 1 <= 255
                && text.codePoints().noneMatch(Email::isBlank);
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    /** The form that is compared: lower case. */
    public String key() {
        return value.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }
}
