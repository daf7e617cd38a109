package org.papertrader.workermanagement.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.papertrader.gate.Gate;
import org.papertrader.link.api.PublicKeys;
import org.papertrader.link.api.PublicKeys.KeyFacts;
import org.papertrader.storage.api.WorkerStore.StoredKey;

/** Public keys and the files that operators name; what is inside them only the link understands. */
final class KeyFiles {
    private final Gate<PublicKeys> reader;
    private final Clock clock;

    KeyFiles(Gate<PublicKeys> reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /** The key in a file, fit for the link. Blocks; throws as {@link #key} does. */
    StoredKey read(String file) {
        return key(text(file));
    }

    /**
     * A key that is fit for the link. Throws {@link IllegalArgumentException} with what to do, and
     * {@code UnavailableException} while nobody reads keys.
     */
    StoredKey key(String armored) {
        KeyFacts facts = facts(armored);
        Instant now = Instant.ofEpochMilli(clock.millis());
        if (facts.expires() != null && !facts.expires().isAfter(now)) {
            throw new IllegalArgumentException("the key " + facts.fingerprint() + " expired at " + facts.expires()
                    + "; extend it or make another one");
        }
        if (facts.created().isAfter(now)) {
            throw new IllegalArgumentException("the key " + facts.fingerprint() + " was made at " + facts.created()
                    + ", which is yet to come: set the clocks right (NTP), or register it then");
        }
        if (!facts.canSign() || !facts.canEncrypt()) {
            throw new IllegalArgumentException("the key " + facts.fingerprint() + " cannot "
                    + (facts.canSign() ? "encrypt" : "sign") + "; the link needs a key that can sign and encrypt");
        }
        return new StoredKey(facts.fingerprint(), armored, now);
    }

    /** What a certificate says of itself; throws as {@link #key} does. */
    KeyFacts facts(String armored) {
        return reader.call(keys -> keys.read(armored));
    }

    /** Throws {@link IllegalArgumentException} with what to do. */
    static String text(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(PublicKeys.ARMORED_MAX + 1);
            if (bytes.length > PublicKeys.ARMORED_MAX) {
                throw new IllegalArgumentException("the key file " + file + " has more than " + PublicKeys.ARMORED_MAX
                        + " bytes; export one key alone, with 'gpg --armor --export FINGERPRINT'");
            }
            return new String(bytes, StandardCharsets.US_ASCII);
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw new IllegalArgumentException(
                    "the key file " + file + " cannot be read: it must be there, and readable for the user of this"
                            + " program, who as a service does not see /home, /root and /tmp",
                    e);
        } catch (InvalidPathException | IOException e) {
            throw new IllegalArgumentException("the key file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
