package org.papertrader.auth.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** A salted Argon2id hash in its PHC text form, {@code $argon2id$v=19$m=…,t=…,p=…$salt$tag} (MST-10). */
final class Argon2Hash {
    static final int SALT_LENGTH = 16;
    static final int TAG_LENGTH = 32;
    private static final Pattern SHAPE = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{43})");

    private final Argon2Cost cost;
    private final byte[] salt;
    private final byte[] tag;

    private Argon2Hash(Argon2Cost cost, byte[] salt, byte[] tag) {
        this.cost = cost;
        this.salt = salt;
        this.tag = tag;
    }

    /** Hashes a secret under a fresh salt; takes the cost's time and memory. */
    static Argon2Hash of(String secret, Argon2Cost cost, SecureRandom random) {
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        return new Argon2Hash(cost, salt, compute(secret, cost, salt));
    }

    /** A hash of nothing that anybody knows: verifying against it takes as long as against a true one, and fails. */
    static Argon2Hash dummy(Argon2Cost cost, SecureRandom random) {
        byte[] salt = new byte[SALT_LENGTH];
        byte[] tag = new byte[TAG_LENGTH];
        random.nextBytes(salt);
        random.nextBytes(tag);
        return new Argon2Hash(cost, salt, tag);
    }

    /** Reads the PHC form; empty when the text is none of ours. */
    static Optional<Argon2Hash> parse(String phc) {
        Matcher matcher = SHAPE.matcher(phc);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            Argon2Cost cost = new Argon2Cost(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)));
            Base64.Decoder base64 = Base64.getDecoder();
            return Optional.of(new Argon2Hash(cost, base64.decode(matcher.group(4)), base64.decode(matcher.group(5))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Argon2Cost cost() {
        return cost;
    }

    /** True when the secret is the hashed one; takes the cost's time and memory, and the same time for any answer. */
    boolean matches(String secret) {
        return MessageDigest.isEqual(tag, compute(secret, cost, salt));
    }

    /** The PHC form, for storage only. */
    String toPhc() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.iterations() + ",p=" + cost.parallelism() + "$"
                + base64.encodeToString(salt) + "$" + base64.encodeToString(tag);
    }

    /** Never the hash. */
    @Override
    public String toString() {
        return "Argon2Hash[secret]";
    }

    private static byte[] compute(String secret, Argon2Cost cost, byte[] salt) {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.iterations())
                .withParallelism(cost.parallelism())
                .withSalt(salt)
                .build();
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] input = secret.getBytes(StandardCharsets.US_ASCII);
        byte[] output = new byte[TAG_LENGTH];
        generator.generateBytes(input, output);
        Arrays.fill(input, (byte) 0);
        return output;
    }
}
