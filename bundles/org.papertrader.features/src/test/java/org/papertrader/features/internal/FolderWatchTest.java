package org.papertrader.features.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {
    @TempDir
    Path folder;

    @Test
    void comesBackWithinASecondOrSoWhetherOrNotAnythingHappens() throws Exception {
        try (FolderWatch watch = new FolderWatch(folder.resolve("later"))) {
            Assertions.assertThatCode(watch::await).doesNotThrowAnyException();
            Files.createDirectory(folder.resolve("later"));
            long begin = System.nanoTime();
            watch.await();
            Assertions.assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        }
    }
}
