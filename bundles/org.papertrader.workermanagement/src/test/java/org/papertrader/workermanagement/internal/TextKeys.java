package org.papertrader.workermanagement.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.papertrader.link.api.PublicKeys;

/** Keys that are plain text: the fingerprint, and perhaps one word more: secret, expired, expires, unborn or mute. */
final class TextKeys implements PublicKeys {
    static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNBORN = Instant.parse("2026-03-02T14:30:05Z");
    private static final Instant EXPIRES = Instant.parse("2027-03-02T14:30:00Z");
    private static final Instant EXPIRED = Instant.parse("2026-03-02T14:30:00Z");

    private int files;

    String armored(String key) {
        return key;
    }

    /** The path of a new file with this key. */
    String file(Path folder, String key) {
        try {
            return Files.writeString(folder.resolve("key" + ++files + ".asc"), armored(key))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public KeyFacts read(String armored) {
        List<String> words = List.of(armored.strip().split(" ", -1));
        if (words.contains("secret")) {
            throw new IllegalArgumentException("a secret key");
        }
        return new KeyFacts(
                words.get(0),
                List.of("worker <worker@example.org>"),
                words.contains("unborn") ? UNBORN : CREATED,
                words.contains("expired") ? EXPIRED : words.contains("expires") ? EXPIRES : null,
                "Ed25519",
                true,
                !words.contains("mute"));
    }
}
