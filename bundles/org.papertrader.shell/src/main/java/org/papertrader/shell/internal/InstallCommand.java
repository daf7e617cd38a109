package org.papertrader.shell.internal;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.papertrader.shell.text.Failed;

/** Shell command {@code install}: Felix's own answers a failure as if it were what was asked for. */
@Component(
        service = InstallCommand.class,
        property = {"osgi.command.scope=shell", "osgi.command.function=install"})
public final class InstallCommand {
    private static final String USAGE = "usage: install PLACE...";
    private static final int WORDS_MAX = 1_000;

    private final BundleContext context;

    /** Its own bundle's. */
    @Activate
    public InstallCommand(BundleContext context) {
        this.context = context;
    }

    /** Installs all of them or none. */
    @Descriptor("installs bundles, all of them or none, and starts none")
    public String install(@Descriptor("URLs of jars, as file:/PATH") String... typed) {
        List<String> places =
                TypedWords.of("install", typed, Set.of(), WORDS_MAX).plain();
        if (places.isEmpty()) {
            throw new Failed(USAGE);
        }
        return Places.installed(context, places).stream()
                .map(bundle ->
                        bundle.getSymbolicName() + " " + bundle.getVersion() + " is bundle " + bundle.getBundleId())
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
