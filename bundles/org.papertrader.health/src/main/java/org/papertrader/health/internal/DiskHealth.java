package org.papertrader.health.internal;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Whether there is room for the data directory to grow, and for the database where it is. */
@Component(
        service = HealthCheck.class,
        configurationPid = "org.papertrader.health.disk",
        property = {"hc.name=disk", "hc.tags=papertrader", "hc.tags=ready"})
@Designate(ocd = DiskHealth.Config.class)
public final class DiskHealth implements HealthCheck {
    private static final int PERCENT = 100;

    private final Space space;
    private final Config config;

    /** Limits of the room that is left. */
    @ObjectClassDefinition(name = "Health: disk", description = "How much room there must be for the data directory")
    @interface Config {
        @AttributeDefinition(description = "Data directory")
        String directory() default "data";

        @AttributeDefinition(description = "File that names a further directory, where the database is; empty: none")
        String placeFile() default "";

        @AttributeDefinition(min = "0", description = "Below so many free bytes it warns; 0: never")
        long warnBytes() default 1_073_741_824;

        @AttributeDefinition(description = "Below so many percent free it warns; 0: never", min = "0", max = "100")
        int warnPercent() default 5;

        @AttributeDefinition(min = "0", description = "Below so many free bytes it is critical; 0: never")
        long criticalBytes() default 134_217_728;

        @AttributeDefinition(
                description = "Below so many percent free it is critical; 0: never",
                min = "0",
                max = "100")
        int criticalPercent() default 1;
    }

    /** Room on a file system, in bytes. */
    record Room(long free, long total) {}

    /** Looks how much room there is. */
    @FunctionalInterface
    interface Space {
        Room room(File directory) throws IOException;
    }

    @Activate
    public DiskHealth(Config config) {
        this(config, DiskHealth::room);
    }

    DiskHealth(Config config, Space space) {
        this.config = config;
        this.space = space;
    }

    /** Not by its file store, which is looked up in a table of mounts that has no line for it in a chroot. */
    static Room room(File directory) throws IOException {
        long total = directory.getTotalSpace();
        if (total == 0) {
            throw new IOException(directory.exists() ? "its file system does not tell its size" : "it is not there");
        }
        return new Room(directory.getUsableSpace(), total);
    }

    @Override
    public Result execute() {
        Result data = look("data directory", config.directory());
        String place = place();
        if (place.isEmpty()) {
            return data;
        }
        // Also within the data directory: another disk may be mounted there.
        Result database = look("database's directory", place);
        // Of two that are alike the data directory is told.
        return database.getStatus().compareTo(data.getStatus()) > 0 ? database : data;
    }

    /** The further directory; empty without one. A file that says nothing usable is a matter of who writes it. */
    private String place() {
        try {
            Path file = Path.of(config.placeFile());
            String place = Files.isRegularFile(file) ? Files.readString(file).strip() : "";
            return Path.of(place).isAbsolute() ? place : "";
        } catch (IOException | InvalidPathException e) {
            return "";
        }
    }

    private Result look(String what, String directory) {
        Room room;
        try {
            room = space.room(new File(directory));
        } catch (IOException e) {
            return new Result(
                    Result.Status.CRITICAL,
                    "the " + what + " " + directory + " cannot be looked at: " + e.getMessage());
        }
        String text = bytes(room.free()) + " free of " + bytes(room.total()) + " at " + directory;
        if (isBelow(room, config.criticalBytes(), config.criticalPercent())) {
            return new Result(Result.Status.CRITICAL, text + ": nothing can be stored soon; make room now");
        }
        return isBelow(room, config.warnBytes(), config.warnPercent())
                ? new Result(Result.Status.WARN, text + ": make room, or set org.papertrader.log:totalBytesMax lower")
                : new Result(Result.Status.OK, text);
    }

    private static boolean isBelow(Room room, long bytes, int percent) {
        return room.free() < bytes || (percent > 0 && room.free() < room.total() / PERCENT * percent);
    }

    private static String bytes(long bytes) {
        return bytes >= 10L << 30 ? (bytes >> 30) + " GiB" : (bytes >> 20) + " MiB";
    }
}
