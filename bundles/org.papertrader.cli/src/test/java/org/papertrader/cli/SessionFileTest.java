package org.papertrader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.client.CertificateFingerprint;
import org.papertrader.client.ServerAddress;
import org.papertrader.model.SessionId;
import org.papertrader.model.UserName;

@Tag("PRO-15")
class SessionFileTest {
    private static final SessionFile.Kept KEPT =
            new SessionFile.Kept(new UserName("ada"), SessionId.parse("ab".repeat(32)), Optional.empty());

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
    @Tag("PRO-10")
    void keepsTheWorkerThatWasTrusted() {
        SessionFile file = new SessionFile(folder.resolve("session"));
        SessionFile.Server server =
                new SessionFile.Server(new ServerAddress("::1", 2049), new CertificateFingerprint("cd".repeat(32)));
        SessionFile.Kept kept = new SessionFile.Kept(KEPT.userName(), KEPT.session(), Optional.of(server));
        file.write(kept);

        assertThat(file.read()).contains(kept);
    }

    @Test
    void aDamagedFileIsAsGoodAsNone() throws Exception {
        Path path = folder.resolve("session");
        Files.writeString(path, "user=ada\nsession=zz\n");
        assertThat(new SessionFile(path).read()).isEmpty();
    }
}
