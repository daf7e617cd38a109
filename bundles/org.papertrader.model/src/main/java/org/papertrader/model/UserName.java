package org.papertrader.model;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name by which a user logs in (DS-1): 1 to 24 characters of {@code A-Z a-z 0-9 . _ -}, the first a letter or
 * digit. ASCII only, so that no two names look alike. Two names that differ only in case are the same name.
 */
public record UserName(String value) {
    /** Most characters of a name. */
    public static final int LENGTH_MAX = 24;

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,23}");

    public UserName {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a user name has 1 to 24 of A-Z a-z 0-9 . _ - and begins with a letter or digit");
        }
    }

    /** The form that is unique: lower case. */
    public String key() {
        return value.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserName that && key().equals(that.key());
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
