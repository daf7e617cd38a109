package org.papertrader.health.internal;

import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.shell.text.Failed;
import org.papertrader.shell.text.Typed;
import org.papertrader.shell.text.Words;

/** Shell commands of scope {@code health}. Made when the shell first asks: without one its types are not there. */
@Component(
        service = HealthCommands.class,
        property = {"osgi.command.scope=health", "osgi.command.function=list", "osgi.command.function=check"})
public final class HealthCommands {
    private final HealthDesk desk;

    @Activate
    public HealthCommands(@Reference HealthDesk desk) {
        this.desk = desk;
    }

    /** What all checks say. */
    @Descriptor("what all health checks say")
    public String list(
            @Descriptor("for machines: one JSON object")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("nothing more") String... words)
            throws InterruptedException {
        Typed.none(words, "health:list [--json]");
        return json ? JsonReport.of(desk.all()) : TextReport.of(desk.all());
    }

    /** What one check says now. */
    @Descriptor("asks one health check, now")
    public String check(@Descriptor("its name, as health:list shows it") String name) throws InterruptedException {
        return desk.one(name)
                .map(TextReport::of)
                .orElseThrow(() -> new Failed(
                        "there is no check of this name: " + Words.printable(name) + "; health:list has all"));
    }
}
