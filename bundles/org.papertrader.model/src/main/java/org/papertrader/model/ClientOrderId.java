package org.papertrader.model;

import java.util.regex.Pattern;

/** A client's own id of an order, unique per account: 1 to 36 printable ASCII characters without blanks (PRO-6). */
public record ClientOrderId(String value) {
    private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7e]{1,36}");

    public ClientOrderId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("a clientOrderId has 1 to 36 printable ASCII characters, no blanks");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
