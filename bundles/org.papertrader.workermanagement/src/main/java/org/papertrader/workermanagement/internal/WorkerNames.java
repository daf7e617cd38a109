package org.papertrader.workermanagement.internal;

import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.workers.api.WorkerView;

/** What the shell's Tab key offers where a command wants a worker. */
@Component(
        service = WorkerNames.class,
        property = {"osgi.command.scope=values", "osgi.command.function=worker"})
public final class WorkerNames {
    private static final int NAMES_MAX = 200;

    private final WorkerDesk desk;

    @Activate
    public WorkerNames(@Reference WorkerDesk desk) {
        this.desk = desk;
    }

    /** Names that begin with the last of the words. */
    public List<String> worker(String... words) {
        String typed = Stream.of(words).reduce("", (before, word) -> word);
        return desk.list().stream()
                .map(WorkerView::name)
                .filter(name -> name.startsWith(typed))
                .limit(NAMES_MAX)
                .toList();
    }
}
