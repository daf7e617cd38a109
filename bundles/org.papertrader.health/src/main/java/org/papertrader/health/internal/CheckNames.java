package org.papertrader.health.internal;

import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the shell's Tab key offers where a command wants a health check. */
@Component(
        service = CheckNames.class,
        property = {"osgi.command.scope=values", "osgi.command.function=check"})
public final class CheckNames {
    private static final int NAMES_MAX = 200;

    private final HealthDesk desk;

    @Activate
    public CheckNames(@Reference HealthDesk desk) {
        this.desk = desk;
    }

    /** Names that begin with the last of the words. */
    public List<String> check(String... words) {
        String typed = Stream.of(words).reduce("", (before, word) -> word);
        return desk.names().stream()
                .filter(name -> name.startsWith(typed))
                .sorted()
                .limit(NAMES_MAX)
                .toList();
    }
}
