package org.papertrader.workermanagement.internal;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What an operator says of a worker, checked.
 *
 * @param name 1 to 32 printable ASCII characters without blanks
 * @param region the same
 * @param allowedAddresses see {@link AddressRules}
 */
record Registration(UUID uuid, String name, String region, String allowedAddresses) {
    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7e]{1,32}");
    private static final Pattern UUID_SHAPE = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    Registration {
        checkWord("name", name);
        checkWord("region", region);
        AddressRules.parse(allowedAddresses);
    }

    static boolean isUuid(String text) {
        return UUID_SHAPE.matcher(text).matches();
    }

    static UUID uuid(String text) {
        if (!isUuid(text)) {
            throw new IllegalArgumentException("no UUID: it has 8-4-4-4-12 hexadecimal digits");
        }
        return UUID.fromString(text);
    }

    private static void checkWord(String what, String text) {
        if (!WORD.matcher(text).matches()) {
            throw new IllegalArgumentException("a " + what + " has 1 to 32 printable characters without blanks");
        }
    }
}
