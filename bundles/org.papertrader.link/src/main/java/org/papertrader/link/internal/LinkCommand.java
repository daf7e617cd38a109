package org.papertrader.link.internal;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.papertrader.shell.text.Facts;
import org.papertrader.shell.text.Listing;
import org.papertrader.shell.text.Typed;

/** Shell command {@code link:status}: the ends of links in this process. */
@Component(
        service = LinkCommand.class,
        property = {"osgi.command.scope=link", "osgi.command.function=status"})
public final class LinkCommand {
    private static final int ROWS_MAX = 1_000;

    private final List<LinkReport> reports = new CopyOnWriteArrayList<>();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindReport(LinkReport report) {
        reports.add(report);
    }

    void unbindReport(LinkReport report) {
        reports.remove(report);
    }

    /** Who is linked with whom. */
    @Descriptor("shows the links of this program: a master's with its workers, a worker's with its master")
    public String status(
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("nothing more") String... words) {
        Typed.none(words, "link:status [--json]");
        List<Facts> rows = reports.stream()
                .flatMap(report -> report.links().stream())
                .limit(ROWS_MAX)
                .toList();
        return new Listing(
                        "links",
                        rows,
                        Set.of("worker", "address", "state"),
                        new Facts(),
                        reports.isEmpty() ? "no end of a link is configured\n" : "")
                .text(json);
    }
}
