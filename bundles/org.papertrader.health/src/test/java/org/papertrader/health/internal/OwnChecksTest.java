package org.papertrader.health.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnChecksTest {
    private static final long MIB = 1L << 20;

    private final AtomicLong wall = new AtomicLong(1_000_000);
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void aDiskWarnsByBytesOrPercentAndThenIsCritical() {
        assertThat(disk(Map.of(), 100_000 * MIB, 200_000 * MIB)).isEqualTo(Result.Status.OK);
        assertThat(disk(Map.of(), 1_000 * MIB, 2_000 * MIB)).as("bytes").isEqualTo(Result.Status.WARN);
        assertThat(disk(Map.of(), 9_000 * MIB, 200_000 * MIB)).as("percent").isEqualTo(Result.Status.WARN);
        assertThat(disk(Map.of(), 100 * MIB, 2_000 * MIB)).isEqualTo(Result.Status.CRITICAL);
        assertThat(disk(Map.of(), 1_900 * MIB, 200_000 * MIB)).isEqualTo(Result.Status.CRITICAL);
        assertThat(disk(
                        Map.of("warnBytes", 0L, "warnPercent", 0, "criticalBytes", 0L, "criticalPercent", 0),
                        0,
                        200_000 * MIB))
                .as("limits that are off")
                .isEqualTo(Result.Status.OK);
    }

    @Test
    void aDirectoryThatIsGoneIsCritical() {
        DiskHealth health = new DiskHealth(config(DiskHealth.Config.class, Map.of()), directory -> {
            throw new IOException("gone");
        });
        assertThat(health.execute().getStatus()).isEqualTo(Result.Status.CRITICAL);
    }

    @Test
    void theDatabaseIsLookedAtWhereItIs(@TempDir Path folder) throws IOException {
        Path place = folder.resolve("database.place");
        DiskHealth health = new DiskHealth(
                config(DiskHealth.Config.class, Map.of("directory", "/data", "placeFile", place.toString())),
                directory -> new DiskHealth.Room(
                        (directory.getPath().equals("/full") ? 100 : 100_000) * MIB, 200_000 * MIB));
        assertThat(health.execute().getStatus())
                .as("no such file, as at a worker")
                .isEqualTo(Result.Status.OK);
        Files.writeString(place, "/data/database\n");
        assertThat(health.execute().toString())
                .as("on the same disk")
                .contains("at /data")
                .doesNotContain("at /data/database");
        Files.writeString(place, "/full\n");
        Result full = health.execute();
        assertThat(full.getStatus()).isEqualTo(Result.Status.CRITICAL);
        assertThat(full.toString()).contains("at /full");
        Files.writeString(place, "not a place\n");
        assertThat(health.execute().getStatus()).isEqualTo(Result.Status.OK);
    }

    @Test
    void theRoomIsThatOfTheDirectorysFileSystem(@TempDir Path folder) throws IOException {
        DiskHealth.Room room = DiskHealth.room(folder.toFile());
        assertThat(room.total()).isEqualTo(Files.getFileStore(folder).getTotalSpace());
        assertThat(room.free()).isBetween(0L, room.total());
        File nowhere = folder.resolve("nowhere").toFile();
        assertThatThrownBy(() -> DiskHealth.room(nowhere))
                .isInstanceOf(IOException.class)
                .hasMessage("it is not there");
    }

    @Test
    void aClockThatIsSetIsToldForAWhile() {
        HealthCheck clock =
                new ClockHealth(config(ClockHealth.Config.class, Map.of("tellMs", 60_000L)), wall::get, nanos::get);
        pass(30_000, 30_500);
        assertThat(clock.execute().getStatus()).as("slewed").isEqualTo(Result.Status.OK);
        pass(1_000, -9_000);
        Result set = clock.execute();
        assertThat(set.getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(set.toString()).contains("back by 10000 ms");
        pass(50_000, 50_000);
        assertThat(clock.execute().getStatus()).isEqualTo(Result.Status.WARN);
        pass(20_000, 20_000);
        assertThat(clock.execute().getStatus()).isEqualTo(Result.Status.OK);
        pass(1_000, 5_000);
        assertThat(clock.execute().toString()).contains("forth by 4000 ms");
    }

    private void pass(long millis, long wallMillis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        wall.addAndGet(wallMillis);
    }

    private static Result.Status disk(Map<String, Object> settings, long free, long total) {
        return new DiskHealth(config(DiskHealth.Config.class, settings), directory -> new DiskHealth.Room(free, total))
                .execute()
                .getStatus();
    }

    /** A configuration with the defaults of its description. */
    private static <C> C config(Class<C> type, Map<String, Object> settings) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> settings.getOrDefault(method.getName(), method.getDefaultValue())));
    }
}
