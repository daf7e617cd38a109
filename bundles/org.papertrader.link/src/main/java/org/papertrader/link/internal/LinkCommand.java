package org.papertrader.link.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Shell command {@code link:status}: the ends of links in this process. */
@Component(
        service = LinkCommand.class,
        property = {"osgi.command.scope=link", "osgi.command.function=status"})
public final class LinkCommand {
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
    public String status() {
        return reports.isEmpty()
                ? "no end of a link is configured"
                : reports.stream().map(LinkReport::status).collect(Collectors.joining("\n"));
    }
}
