package org.papertrader.link.internal.secure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.Features;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.operator.PBESecretKeyEncryptor;
import org.bouncycastle.openpgp.operator.PGPKeyPairGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPairGeneratorProvider;
import org.jspecify.annotations.Nullable;

/** Makes keys: Ed25519 to sign, X25519 to decrypt, in the version-4 form whose public part every gpg reads. */
public final class KeyMaker {
    private static final int VERSION = 4;

    /** The file's mode guards it. */
    private static final @Nullable PBESecretKeyEncryptor NOT_LOCKED = null;

    private KeyMaker() {}

    /**
     * Makes a key without passphrase.
     *
     * @param name who it is, such as {@code PaperTrader master}
     * @param secret the new file of the secret key, of mode 0600; an existing one is never overwritten
     * @param open the file of the public key
     * @return its public part
     * @throws IOException when a file cannot be written
     */
    public static PeerKey make(String name, Path secret, Path open) throws IOException {
        try {
            OpenPGPKey key = new OpenPGPKey(pair(name), Pgp.API.getImplementation(), Pgp.POLICY);
            KeyFiles.writeSecret(secret, key.toAsciiArmoredString().getBytes(StandardCharsets.US_ASCII));
            PeerKey certificate = new PeerKey(key.toCertificate());
            export(certificate, open);
            return certificate;
        } catch (PGPException e) {
            throw new IllegalStateException("a key could not be made", e);
        }
    }

    /** Puts a key that was made elsewhere where a made one would be; an existing one is never overwritten. */
    public static void take(byte[] secretKey, PeerKey certificate, Path secret, Path open) throws IOException {
        KeyFiles.writeSecret(secret, secretKey);
        export(certificate, open);
    }

    /** Where the public key of this secret one is put: beside it, with the extension {@code .asc}. */
    public static Path openFile(Path secret) {
        String name = String.valueOf(secret.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 && !name.endsWith(".asc") ? name.substring(0, dot) : name;
        return secret.resolveSibling(stem + ".asc");
    }

    /** Writes the public key for others to take. */
    public static void export(PeerKey certificate, Path open) throws IOException {
        KeyFiles.writeOpen(open, certificate.armored().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Built from its parts: Bouncy Castle's own templates name the algorithms by the numbers of RFC 9580, which gpg 2.2
     * does not know.
     */
    private static PGPSecretKeyRing pair(String name) throws PGPException {
        Date now = Date.from(Instant.now());
        PGPKeyPairGenerator pairs = new BcPGPKeyPairGeneratorProvider().get(VERSION, now);
        PGPKeyPair primary = pairs.generateLegacyEd25519KeyPair();
        PGPKeyRingGenerator ring = new PGPKeyRingGenerator(
                PGPSignature.POSITIVE_CERTIFICATION,
                primary,
                name,
                new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
                flags(KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA),
                null,
                new BcPGPContentSignerBuilder(primary.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA512),
                NOT_LOCKED);
        int encrypt = KeyFlags.ENCRYPT_COMMS | KeyFlags.ENCRYPT_STORAGE;
        ring.addSubKey(pairs.generateLegacyX25519KeyPair(), flags(encrypt), null);
        return ring.generateSecretKeyRing();
    }

    private static PGPSignatureSubpacketVector flags(int flags) {
        PGPSignatureSubpacketGenerator facts = new PGPSignatureSubpacketGenerator();
        facts.setKeyFlags(true, flags);
        facts.setPreferredSymmetricAlgorithms(false, new int[] {SymmetricKeyAlgorithmTags.AES_256});
        facts.setPreferredHashAlgorithms(false, new int[] {HashAlgorithmTags.SHA512, HashAlgorithmTags.SHA256});
        facts.setFeature(false, Features.FEATURE_MODIFICATION_DETECTION);
        return facts.generate();
    }
}
