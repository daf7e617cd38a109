package org.papertrader.link.internal.secure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.OpenPGPKey.OpenPGPSecretKey;

/** This side's secret key, unlocked once and kept in memory only. Immutable. */
public final class OwnKey {
    private final PeerKey certificate;
    private final PGPKeyPair signing;
    private final Map<Long, PGPKeyPair> decryption;

    private OwnKey(PeerKey certificate, PGPKeyPair signing, Map<Long, PGPKeyPair> decryption) {
        this.certificate = certificate;
        this.signing = signing;
        this.decryption = Map.copyOf(decryption);
    }

    /**
     * Reads a secret key made by gpg or by {@link KeyMaker}, armored or binary, from a file of mode 0600, and unlocks it.
     * Expired, revoked, or unable to sign or to decrypt, it is a problem. Unlocking a key of gpg takes a second or more.
     */
    public static Loaded<OwnKey> load(Path file, Passphrase passphrase, Instant now) {
        Loaded<OwnKey> key = KeyFiles.secret(file).then(bytes -> parse(bytes, passphrase, now));
        return key instanceof Loaded.Bad<OwnKey> bad && !bad.problem().contains(file.toString())
                ? new Loaded.Bad<>(file + ": " + bad.problem())
                : key;
    }

    /** As {@link #load}, from bytes, which are wiped. */
    public static Loaded<OwnKey> parse(byte[] bytes, Passphrase passphrase, Instant now) {
        return read(bytes).then(key -> unlock(key, passphrase, now));
    }

    /** The public part of a secret key, which may be locked; the bytes are wiped. */
    public static Loaded<PeerKey> certificate(byte[] bytes) {
        return read(bytes).then(key -> new Loaded.Good<>(new PeerKey(key.toCertificate())));
    }

    private static Loaded<OpenPGPKey> read(byte[] bytes) {
        try {
            List<OpenPGPKey> all = Pgp.API.readKeyOrCertificate().parseKeys(bytes);
            return all.size() == 1
                    ? new Loaded.Good<>(all.get(0))
                    : new Loaded.Bad<>("exactly one secret key is wanted, there are " + all.size());
        } catch (IOException | RuntimeException e) {
            // Bouncy Castle throws almost anything at bytes that are no key; here it means one thing.
            return new Loaded.Bad<>("not an OpenPGP secret key (gpg --armor --export-secret-keys)");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static Loaded<OwnKey> unlock(OpenPGPKey key, Passphrase passphrase, Instant now) {
        PeerKey certificate = new PeerKey(key.toCertificate());
        Optional<String> problem = certificate.problem(now);
        if (problem.isPresent()) {
            return new Loaded.Bad<>(problem.get());
        }
        return isLocked(key)
                ? unlock(key, certificate, passphrase, 1, now)
                : unlock(key, certificate, new char[0], now, () -> new Loaded.Bad<>("the secret key is damaged"));
    }

    /** Asks until the key opens or nothing more comes. */
    private static Loaded<OwnKey> unlock(
            OpenPGPKey key, PeerKey certificate, Passphrase passphrase, int attempt, Instant now) {
        return passphrase
                .ask(certificate.fingerprint(), attempt)
                .then(typed -> unlock(
                        key, certificate, typed, now, () -> unlock(key, certificate, passphrase, attempt + 1, now)));
    }

    private static boolean isLocked(OpenPGPKey key) {
        return key.getSecretKeys().values().stream().anyMatch(OpenPGPSecretKey::isLocked);
    }

    private static Loaded<OwnKey> unlock(
            OpenPGPKey key, PeerKey certificate, char[] passphrase, Instant now, Supplier<Loaded<OwnKey>> otherwise) {
        try {
            Optional<PGPKeyPair> signing = Optional.empty();
            for (OpenPGPComponentKey each : certificate.signingKeys(now)) {
                signing = signing.isPresent() ? signing : pair(key, each.getKeyIdentifier(), passphrase);
            }
            Map<Long, PGPKeyPair> decryption = new HashMap<>();
            for (OpenPGPComponentKey each : certificate.encryptionKeys(now)) {
                pair(key, each.getKeyIdentifier(), passphrase).ifPresent(pair -> decryption.put(pair.getKeyID(), pair));
            }
            return signing.isEmpty() || decryption.isEmpty()
                    ? new Loaded.Bad<>("the secret parts that sign and decrypt are not in it")
                    : new Loaded.Good<>(new OwnKey(certificate, signing.get(), decryption));
        } catch (PGPException | RuntimeException e) {
            // A wrong passphrase shows in many ways; the cause could quote what was typed, so it is not told.
            return otherwise.get();
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private static Optional<PGPKeyPair> pair(OpenPGPKey key, KeyIdentifier name, char[] passphrase)
            throws PGPException {
        OpenPGPSecretKey secret = key.getSecretKey(name);
        if (secret == null || secret.getPGPSecretKey().isPrivateKeyEmpty()) {
            return Optional.empty();
        }
        return Optional.of((secret.isLocked() ? secret.unlock(passphrase) : secret.unlock()).getKeyPair());
    }

    /** Its public part. */
    public PeerKey certificate() {
        return certificate;
    }

    /** The full fingerprint, upper-case hexadecimal. */
    public String fingerprint() {
        return certificate.fingerprint();
    }

    PGPKeyPair signing() {
        return signing;
    }

    Optional<PGPKeyPair> decryption(long keyId) {
        return Optional.ofNullable(decryption.get(keyId));
    }
}
