package org.papertrader.link.internal.secure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPCompressedData;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPOnePassSignatureList;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyEncryptedData;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;

/**
 * OpenPGP messages that are signed by one key and encrypted to one key, and of exactly that shape: Bouncy Castle reads
 * much more, and gives the text of unsigned messages too. Stateless.
 */
final class SignedMessages {
    /** Largest message, in bytes. */
    static final int WIRE_MAX = 16 * 1024;

    /** Most bytes that a message may unpack to, whatever it is compressed with. */
    static final int UNPACKED_MAX = 64 * 1024;

    /** How far a signature's time may be from now: keeps out what is absurd; freshness comes from the challenge. */
    static final Duration TIME_TOLERANCE = Duration.ofHours(24);

    private static final SecureRandom RANDOM = new SecureRandom();

    private SignedMessages() {}

    /** What a message was found to be. */
    sealed interface Opened {
        /** Whole, for us, and signed by this certificate alone. */
        record Good(byte[] text, PeerKey signer) implements Opened {}

        /** Not to be used, and why. */
        record Bad(String why) implements Opened {}
    }

    /** Signs with our key and encrypts to theirs; the caller has seen that both are usable. */
    static byte[] seal(OwnKey own, PeerKey to, byte[] text, Instant now) throws PGPException, IOException {
        return encrypted(signed(own.signing(), text, now), to, now);
    }

    static byte[] encrypted(byte[] packets, PeerKey to, Instant now) throws PGPException, IOException {
        PGPEncryptedDataGenerator encryptor =
                new PGPEncryptedDataGenerator(new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                        .setWithIntegrityPacket(true)
                        .setSecureRandom(RANDOM));
        PGPPublicKey recipient = to.encryptionKeys(now).get(0).getPGPPublicKey();
        encryptor.addMethod(new BcPublicKeyKeyEncryptionMethodGenerator(recipient).setSecureRandom(RANDOM));
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        try (OutputStream out = encryptor.open(wire, packets.length)) {
            out.write(packets);
        }
        return wire.toByteArray();
    }

    static byte[] signed(PGPKeyPair key, byte[] text, Instant now) throws PGPException, IOException {
        PGPSignatureGenerator signer = new PGPSignatureGenerator(
                new BcPGPContentSignerBuilder(key.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA512)
                        .setSecureRandom(RANDOM),
                key.getPublicKey());
        signer.init(PGPSignature.BINARY_DOCUMENT, key.getPrivateKey());
        PGPSignatureSubpacketGenerator facts = new PGPSignatureSubpacketGenerator();
        facts.setIssuerFingerprint(false, key.getPublicKey());
        facts.setSignatureCreationTime(Date.from(now));
        signer.setHashedSubpackets(facts.generate());
        ByteArrayOutputStream packets = new ByteArrayOutputStream();
        signer.generateOnePassVersion(false).encode(packets);
        packets.write(literal(text, now));
        signer.update(text);
        signer.generate().encode(packets);
        return packets.toByteArray();
    }

    static byte[] literal(byte[] text, Instant now) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        try (OutputStream out =
                new PGPLiteralDataGenerator().open(packet, PGPLiteralData.BINARY, "", text.length, Date.from(now))) {
            out.write(text);
        }
        return packet.toByteArray();
    }

    /**
     * Opens a message for us that must be signed by exactly one of these certificates, once.
     *
     * @param from certificates that count; their own state is looked at here
     */
    static Opened open(OwnKey own, List<PeerKey> from, byte[] wire, Clock clock) {
        if (wire.length > WIRE_MAX) {
            return new Opened.Bad("a message of " + wire.length + " bytes");
        }
        try {
            return verify(inner(decrypt(own, wire)), from, clock.instant());
        } catch (Unacceptable e) {
            return new Opened.Bad(String.valueOf(e.getMessage()));
        } catch (PGPException | IOException | RuntimeException e) {
            // Hostile bytes make the library throw almost anything, NullPointerException included: all one here.
            return new Opened.Bad("not a message for this key (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** A message of another shape than ours. */
    private static final class Unacceptable extends Exception {
        private static final long serialVersionUID = 1L;

        Unacceptable(String why) {
            super(why, null, false, false);
        }
    }

    private static byte[] decrypt(OwnKey own, byte[] wire) throws PGPException, IOException, Unacceptable {
        PGPObjectFactory packets = new BcPGPObjectFactory(wire);
        PGPEncryptedDataList list = next(packets, PGPEncryptedDataList.class, "not encrypted");
        if (list.size() != 1 || !(list.get(0) instanceof PGPPublicKeyEncryptedData data)) {
            throw new Unacceptable("not encrypted to exactly one key");
        }
        Optional<PGPKeyPair> key = own.decryption(data.getKeyIdentifier().getKeyId());
        if (key.isEmpty()) {
            throw new Unacceptable("encrypted to another key");
        }
        BcPublicKeyDataDecryptorFactory factory = new BcPublicKeyDataDecryptorFactory(key.get());
        if (!data.isIntegrityProtected()
                || data.isAEAD()
                || data.getSymmetricAlgorithm(factory) != SymmetricKeyAlgorithmTags.AES_256) {
            throw new Unacceptable("not encrypted by AES-256 with its integrity protected");
        }
        byte[] text = bounded(data.getDataStream(factory));
        if (!data.verify()) {
            throw new Unacceptable("changed on its way");
        }
        if (packets.nextObject() != null) {
            throw new Unacceptable("something follows the message");
        }
        return text;
    }

    /** Takes the compression off that gpg puts around what it signs; one layer. */
    private static PGPObjectFactory inner(byte[] text) throws PGPException, IOException, Unacceptable {
        PGPObjectFactory packets = new BcPGPObjectFactory(text);
        if (!(new BcPGPObjectFactory(text).nextObject() instanceof PGPCompressedData)) {
            return packets;
        }
        PGPCompressedData compressed = next(packets, PGPCompressedData.class, "not compressed");
        byte[] unpacked = bounded(compressed.getDataStream());
        if (packets.nextObject() != null) {
            throw new Unacceptable("something follows the compressed data");
        }
        return new BcPGPObjectFactory(unpacked);
    }

    private static Opened verify(PGPObjectFactory packets, List<PeerKey> from, Instant now)
            throws PGPException, IOException, Unacceptable {
        PGPOnePassSignatureList announced = next(packets, PGPOnePassSignatureList.class, "not signed");
        byte[] text =
                bounded(next(packets, PGPLiteralData.class, "without text").getInputStream());
        PGPSignatureList signatures = next(packets, PGPSignatureList.class, "not signed");
        if (announced.size() != 1 || signatures.size() != 1 || packets.nextObject() != null) {
            throw new Unacceptable("not signed exactly once");
        }
        PGPSignature signature = signatures.get(0);
        for (PeerKey candidate : from) {
            Optional<PGPPublicKey> key = candidate.signingKey(signature.getKeyIdentifiers(), now);
            if (key.isPresent()) {
                checkSignature(signature, key.get(), text, now);
                return new Opened.Good(text, candidate);
            }
        }
        throw new Unacceptable("signed by another key (" + signature.getKeyIdentifiers() + ")");
    }

    private static void checkSignature(PGPSignature signature, PGPPublicKey key, byte[] text, Instant now)
            throws PGPException, Unacceptable {
        if (signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT
                || signature.getHashedSubPackets() == null
                || signature.getHashedSubPackets().getSignatureCreationTime() == null
                || !Pgp.POLICY.isAcceptableSignature(signature)
                || !Pgp.POLICY.isAcceptableVerificationKey(key)) {
            throw new Unacceptable("signed in a way that is not good enough");
        }
        Instant made =
                signature.getHashedSubPackets().getSignatureCreationTime().toInstant();
        Duration off = Duration.between(made, now).abs();
        boolean before = made.isBefore(key.getCreationTime().toInstant());
        if (off.compareTo(TIME_TOLERANCE) > 0 || before) {
            throw new Unacceptable(
                    "signed at " + made + (before ? ", before its key was made" : "") + "; the clocks differ too much");
        }
        long lifetime = signature.getHashedSubPackets().getSignatureExpirationTime();
        if (lifetime != 0 && made.plusSeconds(lifetime).isBefore(now)) {
            throw new Unacceptable("its signature has expired");
        }
        signature.init(new BcPGPContentVerifierBuilderProvider(), key);
        signature.update(text);
        if (!signature.verify()) {
            throw new Unacceptable("its signature is wrong");
        }
    }

    private static <T> T next(PGPObjectFactory packets, Class<T> wanted, String otherwise)
            throws IOException, Unacceptable {
        Object found = packets.nextObject();
        if (!wanted.isInstance(found)) {
            throw new Unacceptable(otherwise);
        }
        return wanted.cast(found);
    }

    private static byte[] bounded(InputStream in) throws IOException, Unacceptable {
        byte[] bytes = in.readNBytes(UNPACKED_MAX + 1);
        if (bytes.length > UNPACKED_MAX) {
            throw new Unacceptable("unpacks to more than " + UNPACKED_MAX + " bytes");
        }
        return bytes;
    }
}
