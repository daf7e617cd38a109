package org.papertrader.link.internal.secure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;

/**
 * An OpenPGP certificate of somebody: the public part of a key with its names, flags, expiry and revocations. Thread-safe:
 * what Bouncy Castle remembers inside of a certificate is guarded here.
 */
public final class PeerKey {
    private static final int V4_FINGERPRINT = 20;

    private final OpenPGPCertificate certificate;
    private final byte[] fingerprint;

    PeerKey(OpenPGPCertificate certificate) {
        this.certificate = certificate;
        this.fingerprint = certificate.getFingerprint();
    }

    /** Reads exactly one public key, armored or binary. Whether it is usable now, {@link #problem} tells. */
    public static Loaded<PeerKey> parse(byte[] bytes) {
        if (bytes.length > KeyFiles.BYTES_MAX) {
            return new Loaded.Bad<>("a public key of more than " + KeyFiles.BYTES_MAX + " bytes");
        }
        try {
            List<OpenPGPCertificate> all = new ArrayList<>();
            for (OpenPGPCertificate each : Pgp.API.readKeyOrCertificate().parseKeysOrCertificates(bytes)) {
                all.add(each);
            }
            if (all.size() != 1) {
                return new Loaded.Bad<>("exactly one public key is wanted, there are " + all.size());
            }
            if (all.get(0).isSecretKey()) {
                return new Loaded.Bad<>(
                        "this is a secret key, which must stay where it is: give the public one (gpg --armor --export)");
            }
            return all.get(0).getFingerprint().length == V4_FINGERPRINT
                    ? new Loaded.Good<>(new PeerKey(all.get(0)))
                    : new Loaded.Bad<>("not an OpenPGP key of version 4, the one that gpg makes");
        } catch (IOException | RuntimeException e) {
            // Hostile bytes make Bouncy Castle throw almost anything; here it means one thing.
            return new Loaded.Bad<>("not an OpenPGP public key");
        }
    }

    /** As {@link #parse(byte[])}, for armored text. */
    public static Loaded<PeerKey> parse(String armored) {
        return parse(armored.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a file with exactly one public key. */
    public static Loaded<PeerKey> file(Path file) {
        Loaded<PeerKey> key = KeyFiles.open(file).then(PeerKey::parse);
        return key instanceof Loaded.Bad<PeerKey> bad && !bad.problem().contains(file.toString())
                ? new Loaded.Bad<>(file + ": " + bad.problem())
                : key;
    }

    /** The full fingerprint, upper-case hexadecimal. */
    public String fingerprint() {
        return hex(fingerprint);
    }

    byte[] fingerprintBytes() {
        return fingerprint.clone();
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    /** The ASCII-armored certificate. */
    public synchronized String armored() throws IOException {
        return certificate.toAsciiArmoredString();
    }

    /** Why this key must not be used at this time; empty when it may. */
    public synchronized Optional<String> problem(Instant now) {
        Date date = Date.from(now);
        if (certificate.getRevocation(date) != null) {
            return Optional.of("key " + fingerprint() + " is revoked");
        }
        Date expiry = certificate.getExpirationTime(date);
        if (expiry != null && !expiry.toInstant().isAfter(now)) {
            return Optional.of("key " + fingerprint() + " expired at " + expiry.toInstant());
        }
        if (certificate.getSigningKeys(date).isEmpty()) {
            return Optional.of("key " + fingerprint() + " cannot sign");
        }
        if (certificate.getEncryptionKeys(date).isEmpty()) {
            return Optional.of("key " + fingerprint() + " cannot be encrypted to");
        }
        return Optional.empty();
    }

    /** Names of its owner, as he wrote them. */
    public synchronized List<String> userIds() {
        return certificate.getAllUserIds().stream()
                .map(OpenPGPCertificate.OpenPGPUserId::getUserId)
                .toList();
    }

    /** When the primary key was made. */
    public Instant created() {
        return certificate.getPrimaryKey().getCreationTime().toInstant();
    }

    /** The primary key's algorithm, for people. */
    public String algorithm() {
        PGPPublicKey key = certificate.getPrimaryKey().getPGPPublicKey();
        return switch (key.getAlgorithm()) {
            case PublicKeyAlgorithmTags.RSA_GENERAL -> "RSA " + key.getBitStrength();
            case PublicKeyAlgorithmTags.EDDSA_LEGACY, PublicKeyAlgorithmTags.Ed25519 -> "Ed25519";
            case PublicKeyAlgorithmTags.ECDSA -> "ECDSA " + key.getBitStrength();
            case PublicKeyAlgorithmTags.DSA -> "DSA " + key.getBitStrength();
            default -> "algorithm " + key.getAlgorithm();
        };
    }

    /** Whether a key of it may sign now. */
    public boolean canSign(Instant now) {
        return !signingKeys(now).isEmpty();
    }

    /** Whether a key of it may be encrypted to now. */
    public boolean canEncrypt(Instant now) {
        return !encryptionKeys(now).isEmpty();
    }

    /** When a link stops accepting it, as far as is known now; empty for never. */
    public synchronized Optional<Instant> expires(Instant now) {
        Date date = Date.from(now);
        return Stream.of(
                        Optional.ofNullable(certificate.getExpirationTime(date)).map(Date::toInstant),
                        last(certificate.getSigningKeys(date), date),
                        last(certificate.getEncryptionKeys(date), date))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    /** When the last of them expires; empty when one never does, or when there is none. */
    private static Optional<Instant> last(List<OpenPGPComponentKey> keys, Date now) {
        List<Instant> ends = new ArrayList<>();
        for (OpenPGPComponentKey key : keys) {
            Date end = key.getKeyExpirationDateAt(now);
            if (end == null) {
                return Optional.empty();
            }
            ends.add(end.toInstant());
        }
        return ends.stream().max(Comparator.naturalOrder());
    }

    /** The component keys that may sign messages now. */
    synchronized List<OpenPGPComponentKey> signingKeys(Instant now) {
        return certificate.getSigningKeys(Date.from(now));
    }

    /** The component keys that messages may be encrypted to now, the preferred first. */
    synchronized List<OpenPGPComponentKey> encryptionKeys(Instant now) {
        return certificate.getEncryptionKeys(Date.from(now));
    }

    /** The public key that may sign now and fits one of these names, if there is one. */
    Optional<PGPPublicKey> signingKey(List<KeyIdentifier> names, Instant now) {
        return signingKeys(now).stream()
                .filter(key -> key.getKeyIdentifier().isPresentIn(names))
                .map(OpenPGPComponentKey::getPGPPublicKey)
                .findFirst();
    }
}
