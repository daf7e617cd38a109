package org.papertrader.workermanagement.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.workers.api.WorkerManagement.Census;

/** What the shell's {@code status} shows of workers. */
@Component(
        service = WorkersSection.class,
        property = {"osgi.command.scope=status", "osgi.command.function=workers"})
public final class WorkersSection {
    private final WorkerDesk desk;

    @Activate
    public WorkersSection(@Reference WorkerDesk desk) {
        this.desk = desk;
    }

    /** Numbers of workers. */
    public Map<String, Object> workers() {
        Census census = desk.census();
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("connected", census.connected());
        section.put("expected", census.expected());
        section.put("registered", census.registered());
        section.put("clocksWrong", census.clocksWrong());
        return section;
    }
}
