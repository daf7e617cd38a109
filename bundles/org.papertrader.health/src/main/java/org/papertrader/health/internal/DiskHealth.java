package org.papertrader.health.internal;

import java.io.File;
import java.io.IOException;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Whether there is room for the data directory to grow. */
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

        @AttributeDefinition(description = "Below so many free bytes it warns; 0: never")
        long warnBytes() default 1_073_741_824;

        @AttributeDefinition(description = "Below so many percent free it warns; 0: never", min = "0", max = "100")
        int warnPercent() default 5;

        @AttributeDefinition(description = "Below so many free bytes it is critical; 0: never")
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
        Room room() throws IOException;
    }

    @Activate
    public DiskHealth(Config config) {
        this(config, () -> room(new File(config.directory())));
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
        Room room;
        try {
            room = space.room();
        } catch (IOException e) {
            return new Result(
                    Result.Status.CRITICAL,
                    "the data directory " + config.directory() + " cannot be looked at: " + e.getMessage());
        }
        String text = bytes(room.free()) + " free of " + bytes(room.total()) + " at " + config.directory();
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
