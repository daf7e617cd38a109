package org.papertrader.model;

import java.util.regex.Pattern;

/**
 * The ticker of an asset, as clients write it.
 *
 * @param value 1 to 16 characters of {@code A-Z 0-9 . _ / -}, the first a letter or digit
 */
public record Symbol(String value) implements Comparable<Symbol> {
    private static final Pattern SHAPE = Pattern.compile("[A-Z0-9][A-Z0-9._/-]{0,15}");

    public Symbol {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("a symbol has 1 to 16 of A-Z 0-9 . _ / -");
        }
    }

    /** True when the text can be a symbol. */
    public static boolean isValid(String text) {
        return SHAPE.matcher(text).matches();
    }

    @Override
    public int compareTo(Symbol other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
