package org.papertrader.shell.ssh.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.shell.ssh.internal.AuditLog.Who;

class AuditLogTest {
    private static final Who ADA = new Who("ada", "127.0.0.1:5", 3, "SHA256:x ada@home");

    @TempDir
    Path folder;

    @Test
    void saysWhoDidWhatAndWhen() throws Exception {
        Path file = folder.resolve("sub/audit.log");
        audit(file, 1 << 20).write(ADA, "exit", "code", "1", "line", "a\nb password=canary");
        assertThat(file)
                .hasContent("2026-01-02T03:04:05Z user=ada from=127.0.0.1:5 connection=3 by=\"SHA256:x ada@home\""
                        + " event=exit code=1 line=\"a\\u000ab password=***\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aUserCannotForgeAField() throws Exception {
        Path file = folder.resolve("audit.log");
        audit(file, 1 << 20).write(new Who("ada event=login\n", "x", 1, "no"), "refused");
        assertThat(Files.readAllLines(file)).hasSize(1).first().asString().contains("user=\"ada event=login\\u000a\"");
    }

    @Test
    void oldFilesGoInTheEnd() throws Exception {
        Path file = folder.resolve("audit.log");
        AuditLog audit = audit(file, 100);
        for (int i = 0; i < 10; i++) {
            audit.write(ADA, "command", "line", "number" + i);
        }
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("audit.log", "audit.log.1", "audit.log.2");
        assertThat(Files.readString(file)).contains("number9");
        assertThat(Files.readString(folder.resolve("audit.log.2"))).contains("number7");
    }

    /** The shell is needed most when the disk is full. */
    @Test
    void goesOnWhenItCannotWrite() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        audit(file.resolve("audit.log"), 100).write(ADA, "command", "line", "x");
        assertThat(file).isEmptyFile();
    }

    /** A command that was ended is written down by the thread that was interrupted. */
    @Test
    void anInterruptedThreadWritesToo() throws Exception {
        Path file = folder.resolve("audit.log");
        Thread.currentThread().interrupt();
        audit(file, 1 << 20).write(ADA, "exit", "code", "1");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).content().contains("event=exit code=1");
    }

    private static AuditLog audit(Path file, long bytesMax) {
        return new AuditLog(file, bytesMax, 3, Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
    }
}
