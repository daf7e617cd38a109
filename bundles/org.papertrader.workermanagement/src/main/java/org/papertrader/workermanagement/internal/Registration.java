package org.papertrader.workermanagement.internal;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says of a worker, checked.
 *
 * @param name 1 to 32 printable ASCII characters without blanks
 * @param region the same
 * @param allowedAddresses see {@link AddressRules}
 * @param keyFile the file of its public key; null for none
 */
record Registration(
        UUID uuid,
        String name,
        String region,
        String allowedAddresses,
        @Nullable String keyFile) {
    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7e]{1,32}");
    private static final Pattern UUID_SHAPE = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    Registration {
        checkWord("name", name);
        checkWord("region", region);
        AddressRules.parse(allowedAddresses);
    }

    /** Reads {@code uuid name region addresses}, perhaps followed by a {@code keyfile}. */
    static Registration parse(String line) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length < 4 || words.length > 5) {
            throw new IllegalArgumentException("a worker is registered by 'uuid name region addresses [keyfile]'");
        }
        return new Registration(uuid(words[0]), words[1], words[2], words[3], words.length == 5 ? words[4] : null);
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
