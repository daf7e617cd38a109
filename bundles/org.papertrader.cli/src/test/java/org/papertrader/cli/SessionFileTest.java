package org.papertrader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.model.SessionId;
import org.papertrader.model.UserName;

@Tag("PRO-15")
class SessionFileTest {
    private static final SessionFile.Kept KEPT =
            new SessionFile.Kept(new UserName("ada"), SessionId.parse("ab".repeat(32)));

    @TempDir
    private Path folder;

    @Test
    void keepsASessionForItsOwnerOnly() throws Exception {
        Path path = folder.resolve("state").resolve("session");
        SessionFile file = new SessionFile(path);
        assertThat(file.read()).isEmpty();
        file.write(KEPT);
        assertThat(file.read()).contains(KEPT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        file.write(KEPT);
        file.delete();
        assertThat(file.read()).isEmpty();
    }

    @Test
    void aDamagedFileIsAsGoodAsNone() throws Exception {
        Path path = folder.resolve("session");
        Files.writeString(path, "user=ada\nsession=zz\n");
        assertThat(new SessionFile(path).read()).isEmpty();
    }
}
