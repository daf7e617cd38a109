package org.papertrader.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianFilesTest {
    @TempDir
    Path folder;

    @Test
    void fillsInWhatDiffers() throws Exception {
        source("control/control", "papertrader-@role@ @debian.version@ @debian.maintainer@ a@b @");

        write();

        assertThat(folder.resolve("to/control/control")).hasContent("papertrader-master 1.0~SNAPSHOT A$ <a@b> a@b @");
    }

    @Test
    void compressesWhatDebianWantsCompressed() throws Exception {
        source("changelog", "@project.version@");

        write();

        assertThat(folder.resolve("to/changelog")).doesNotExist();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve("to/changelog.gz")))) {
            assertThat(in).hasContent("1.0-SNAPSHOT");
        }
    }

    @Test
    void refusesATokenThatItDoesNotKnow() throws Exception {
        source("copyright", "@year@");

        assertThatThrownBy(this::write)
                .isInstanceOf(AssemblyException.class)
                .hasMessageContaining("copyright has @year@");
    }

    private void source(String name, String text) throws Exception {
        Path file = folder.resolve("from").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void write() throws Exception {
        new DebianFiles("master", "1.0-SNAPSHOT", "A$ <a@b>").write(folder.resolve("from"), folder.resolve("to"));
    }
}
