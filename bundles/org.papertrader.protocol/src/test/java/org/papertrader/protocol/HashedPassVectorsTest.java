package org.papertrader.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The test vectors of {@code hashedPass}, which were also computed with the reference implementation of Argon2. */
@Tag("PRO-6")
class HashedPassVectorsTest {

    static Stream<String> vectors() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/wire/hashedPass.txt")).stream()
                .filter(line -> !line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theDocumentedStepsGiveTheVector(String line) throws GeneralSecurityException {
        String[] fields = line.split("\\|");
        String password = new String(HexFormat.of().parseHex(fields[2]), StandardCharsets.UTF_8);

        byte[] salt = salt(fields[0], fields[1]);
        byte[] key = argon2id(password, salt);
        Mac expand = Mac.getInstance("HmacSHA256");
        expand.init(new SecretKeySpec(key, "HmacSHA256"));
        expand.update("papertrader hashedPass v1".getBytes(StandardCharsets.US_ASCII));
        expand.update((byte) 1);

        assertThat(HexFormat.of().formatHex(salt)).isEqualTo(fields[3]);
        assertThat(HexFormat.of().formatHex(key)).isEqualTo(fields[4]);
        assertThat(HexFormat.of().formatHex(expand.doFinal())).isEqualTo(fields[5]);
    }

    private static byte[] salt(String realm, String userName) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("PaperTrader/login/v1".getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) 0);
        digest.update(realm.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(userName.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(digest.digest(), 16);
    }

    private static byte[] argon2id(String password, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(19_456)
                .withIterations(2)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] key = new byte[32];
        generator.generateBytes(
                Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8), key);
        return key;
    }
}
