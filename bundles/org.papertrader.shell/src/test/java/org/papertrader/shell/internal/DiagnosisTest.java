package org.papertrader.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("CARD-9")
class DiagnosisTest {
    @TempDir
    Path folder;

    @Test
    void theFileIsItsOwnersAloneAndNeverReplacesAnother() throws Exception {
        Path file = folder.resolve("report.zip");
        try (Report report = new Report(file, new Scrubber(List.of("canary")))) {
            report.add("a.txt", "x canary y\n");
            assertThat(report.entries()).containsKey("a.txt");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(new String(zip.getInputStream(zip.getEntry("a.txt")).readAllBytes()))
                    .isEqualTo("x *** y\n");
        }
        assertThatThrownBy(() -> new Report(file, new Scrubber(List.of())))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void logsAreBounded() throws Exception {
        Path log = Files.createDirectories(folder.resolve("log"));
        Files.writeString(log.resolve("papertrader.log"), "a line of the log\n".repeat(200_000));
        Files.writeString(log.resolve("audit.log"), "user=ada event=login\n".repeat(100_000));
        for (int i = 0; i < 5; i++) {
            Files.writeString(log.resolve("papertrader-0000000" + i + ".log"), "old\n");
        }
        Path file = folder.resolve("report.zip");
        try (Report report = new Report(file, new Scrubber(List.of()))) {
            Diagnosis.logs(report, log);
            assertThat(report.entries().keySet()).hasSize(4).contains("log/audit.log");
            assertThat(report.entries().values()).allMatch(size -> size <= 1_100_000);
        }
    }

    @Test
    void configurationShowsNoSecretsButWhereTheyAre() {
        assertThat(Diagnosis.configuration(
                        "p",
                        Map.of("apiKey", "canary", "passphraseFile", "/x", "port", 1, "symbols", new String[] {"A"})))
                .isEqualTo("p apiKey = ***\np passphraseFile = /x\np port = 1\np symbols = [A]\n");
    }

    @Test
    void ofTheEnvironmentOnlyWhatIsHarmless() {
        assertThat(Diagnosis.environment(Map.of("LANG", "C", "SOME_TOKEN", "canary", "OTHER", "canary")))
                .isEqualTo("LANG = C\n3 variables in all\n");
    }

    @Test
    void ofTheJvmNoValuesThatSomebodyGave() {
        System.setProperty("it.canary", "canary");
        System.setProperty("java.it.password", "canary");
        try {
            assertThat(Diagnosis.jvm()).contains("java.version = ").doesNotContain("canary");
        } finally {
            System.clearProperty("it.canary");
            System.clearProperty("java.it.password");
        }
    }

    @Test
    void secretsAreKnownByTheNamesOfTheirKeysAndFiles() throws Exception {
        KnownSecrets secrets = new KnownSecrets();
        secrets.add(Map.of("apiKey", "one", "port", 1, "passphraseFile", "/x", "tokenMs", 5_000));
        Files.writeString(folder.resolve("key"), "two\nthree\n");
        secrets.addFolder(folder);
        secrets.addFolder(folder.resolve("none"));
        assertThat(secrets.all()).containsExactlyInAnyOrder("one", "two", "three");
    }
}
