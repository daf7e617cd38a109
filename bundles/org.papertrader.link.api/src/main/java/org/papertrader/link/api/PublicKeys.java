package org.papertrader.link.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Reads public OpenPGP keys, for those who register them (MST-20). Thread-safe, never blocks, keeps nothing. */
@ProviderType
public interface PublicKeys {
    /** Most characters of a key's text. */
    int ARMORED_MAX = 65_536;

    /**
     * Reads one ASCII-armored certificate, whether or not it may be used still.
     *
     * @param armored at most {@link #ARMORED_MAX} characters
     * @throws IllegalArgumentException for a secret key, several keys, a broken one or anything else; the text, for the
     *     operator, says why and holds nothing of the key
     */
    KeyFacts read(String armored);

    /**
     * What a certificate says of itself.
     *
     * @param fingerprint of the primary key, in full, in upper-case hexadecimal digits
     * @param userIds whose it is; foreign text
     * @param created when the primary key was made
     * @param expires when the link stops accepting it; null when never
     * @param algorithm of the primary key, for people, such as {@code Ed25519} or {@code RSA 3072}
     * @param canSign whether a key of it may sign now, as the link needs
     * @param canEncrypt whether a key of it may encrypt now, as the link needs
     */
    record KeyFacts(
            String fingerprint,
            List<String> userIds,
            Instant created,
            @Nullable Instant expires,
            String algorithm,
            boolean canSign,
            boolean canEncrypt) {
        public KeyFacts {
            userIds = List.copyOf(userIds);
        }
    }
}
