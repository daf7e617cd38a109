package org.papertrader.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void refusesASecondHolderAndNamesTheFirst() throws Exception {
        Path data = folder.resolve("data");
        try (DataDirectory held = DataDirectory.hold(data)) {
            held.sign();

            assertThatThrownBy(() -> DataDirectory.hold(data))
                    .isInstanceOfSatisfying(
                            LaunchException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA_IN_USE))
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void isFreeAfterItsHolderIsGone() throws Exception {
        DataDirectory.hold(folder).close();

        DataDirectory.hold(folder).close();
    }

    @Test
    void saysWhenItCannotBeWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> DataDirectory.hold(file))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("cannot write");
    }

    @Test
    void fillsANewConfigurationFolderOnce() throws Exception {
        Path template = Files.createDirectory(folder.resolve("template"));
        Files.writeString(template.resolve("README.txt"), "first");
        Path conf = folder.resolve("data/conf");

        DataDirectory.prepareConf(conf, template);
        Files.writeString(template.resolve("README.txt"), "second");
        DataDirectory.prepareConf(conf, template);

        assertThat(conf.resolve("README.txt")).hasContent("first");
    }
}
