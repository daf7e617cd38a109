package org.papertrader.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.papertrader.protocol.api.HashedPass;

/** Derives {@code hashedPass} from a password, so that the password itself never leaves the client (PRO-6). */
public final class PasswordHasher {
    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;
    private static final int SALT_BYTES = 16;
    private static final String SALT_LABEL = "PaperTrader/login/v1";
    private static final String KEY_LABEL = "papertrader hashedPass v1";

    private PasswordHasher() {}

    /**
     * The hashed password; takes about 50 ms and 19 MiB.
     *
     * @param realm the installation's, from {@code getServerInfo}
     */
    public static HashedPass hash(String realm, String userName, String password) {
        try {
            Mac expand = Mac.getInstance("HmacSHA256");
            expand.init(new SecretKeySpec(argon2id(password, salt(realm, userName)), "HmacSHA256"));
            expand.update(KEY_LABEL.getBytes(StandardCharsets.US_ASCII));
            expand.update((byte) 1);
            return HashedPass.of(expand.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256 and HMAC", e);
        }
    }

    private static byte[] salt(String realm, String userName) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(SALT_LABEL.getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) 0);
        digest.update(realm.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(userName.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(digest.digest(), SALT_BYTES);
    }

    private static byte[] argon2id(String password, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(ITERATIONS)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] key = new byte[HashedPass.LENGTH];
        String normal = Normalizer.normalize(password, Normalizer.Form.NFC);
        generator.generateBytes(normal.getBytes(StandardCharsets.UTF_8), key);
        return key;
    }
}
