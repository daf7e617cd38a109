package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a whole day, with everything logged, no secret is in any file of either program, nor in what it printed. */
@Tag("MST-16")
class NoSecretsTest {
    private static final String PASSPHRASE = "canary-passphrase-7c1e";

    @TempDir
    private Path folder;

    @Test
    void noPasswordSessionIdOrPassphraseIsInAnyFile() throws Exception {
        Path passphrase = folder.resolve("passphrase");
        Files.createFile(
                passphrase, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passphrase, PASSPHRASE);
        RecordedDay day = new RecordedDay();
        Path data = folder.resolve("data");
        List<byte[]> printed = new ArrayList<>();
        try (Installation installation =
                Installation.startLoggingAll(data, 1_000, "org.papertrader.link.master:passphraseFile=" + passphrase)) {
            day.trade(installation.workerPort);
            day.comeBack(installation.workerPort);
            printed.add(installation.master().outputText().getBytes(StandardCharsets.UTF_8));
            printed.add(installation.worker().outputText().getBytes(StandardCharsets.UTF_8));
            installation.worker().stop();
            installation.master().stop();
        }
        Map<String, byte[]> secrets = secrets(day.session.toBytes());
        List<String> found = new ArrayList<>();
        for (byte[] output : printed) {
            secrets.forEach((name, secret) -> note(found, "what was printed", output, name, secret));
        }
        List<Path> files = files(data);
        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            secrets.forEach((name, secret) -> note(found, file.toString(), content, name, secret));
        }
        assertThat(found).isEmpty();
        assertThat(files).anyMatch(file -> file.endsWith("master/log/papertrader.log"));
        assertThat(Files.readString(data.resolve("master/log/papertrader.log")))
                .as("sessions are named, by their tag")
                .contains(" DEBUG ");
        assertThat(contains("x canary y".getBytes(StandardCharsets.UTF_8), "canary".getBytes(StandardCharsets.UTF_8)))
                .as("the search finds what is there")
                .isTrue();
    }

    private static Map<String, byte[]> secrets(byte[] session) {
        Map<String, byte[]> secrets = new LinkedHashMap<>();
        secrets.put("password", RecordedDay.PASSWORD.getBytes(StandardCharsets.UTF_8));
        secrets.put("passphrase", PASSPHRASE.getBytes(StandardCharsets.UTF_8));
        secrets.put("session, raw", session);
        String hex = HexFormat.of().formatHex(session);
        secrets.put("session, hex", hex.getBytes(StandardCharsets.US_ASCII));
        secrets.put("session, HEX", hex.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
        secrets.put("session, base64", Base64.getEncoder().withoutPadding().encode(session));
        secrets.put(
                "session, base64url", Base64.getUrlEncoder().withoutPadding().encode(session));
        return secrets;
    }

    private static void note(List<String> found, String where, byte[] content, String name, byte[] secret) {
        if (contains(content, secret)) {
            found.add(name + " in " + where);
        }
    }

    private static boolean contains(byte[] content, byte[] secret) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return text.contains(new String(secret, StandardCharsets.ISO_8859_1));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
