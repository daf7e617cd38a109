package org.papertrader.auth.internal;

import java.util.regex.Pattern;

/** The form of {@code hashedPass}: 64 lowercase hexadecimal digits. */
final class HashedPassShape {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

    private HashedPassShape() {}

    static boolean isValid(String hashedPass) {
        return SHAPE.matcher(hashedPass).matches();
    }
}
