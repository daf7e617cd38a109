package org.papertrader.shell.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.papertrader.shell.text.Failed;
import org.papertrader.shell.text.Words;

/**
 * Shell commands {@code install} and {@code start} instead of Felix's own: its {@code install} answers why it failed as if
 * that were what was asked for, and its {@code start} takes no names, which {@code stop} does.
 */
@Component(
        service = BundleCommands.class,
        property = {"osgi.command.scope=shell", "osgi.command.function=install", "osgi.command.function=start"})
public final class BundleCommands {
    private static final int WORDS_MAX = 1_000;

    private final BundleContext context;

    /** Its own bundle's. */
    @Activate
    public BundleCommands(BundleContext context) {
        this.context = context;
    }

    /** Installs all of them or none. */
    @Descriptor("installs bundles, all of them or none, and starts none")
    public String install(@Descriptor("URLs of jars, as file:/PATH") String... typed) {
        return BundlePlaces.installed(context, words("install PLACE...", typed)).stream()
                .map(bundle ->
                        bundle.getSymbolicName() + " " + bundle.getVersion() + " is bundle " + bundle.getBundleId())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** Starts them, one after the other, until one does not start. */
    @Descriptor("starts bundles")
    public void start(@Descriptor("numbers, symbolic names, or places of jars, which are installed") String... typed) {
        List<String> words = words("start BUNDLE...", typed);
        // All are looked up before the first is started: a name that is mistyped changes nothing.
        List<Startable> all = new ArrayList<>();
        words.forEach(word -> all.add(found(word)));
        all.forEach(Startable::start);
    }

    private static List<String> words(String usage, String... typed) {
        String command = usage.substring(0, usage.indexOf(' '));
        List<String> words = TypedWords.of(command, typed, Set.of(), WORDS_MAX).plain();
        if (words.isEmpty()) {
            throw new Failed("usage: " + usage);
        }
        return words;
    }

    @FunctionalInterface
    private interface Startable {
        void start();
    }

    private Startable found(String word) {
        if (word.matches("\\d{1,18}")) {
            Bundle bundle = context.getBundle(Long.parseLong(word));
            if (bundle == null) {
                throw new Failed("there is no bundle " + word + "; lb lists them");
            }
            return () -> start(bundle);
        }
        return Stream.of(context.getBundles())
                .filter(bundle -> word.equals(bundle.getSymbolicName()))
                .max(Comparator.comparing(Bundle::getVersion))
                .<Startable>map(bundle -> () -> start(bundle))
                .orElseGet(() -> place(word));
    }

    private Startable place(String word) {
        if (word.indexOf(':') < 0) {
            throw new Failed("there is no bundle " + Words.printable(word) + "; lb lists them");
        }
        return () -> {
            boolean known = context.getBundle(word) != null;
            Bundle bundle = BundlePlaces.installed(context, List.of(word)).get(0);
            try {
                start(bundle);
            } catch (Failed e) {
                if (!known) {
                    BundlePlaces.uninstall(bundle, e);
                }
                throw e;
            }
        };
    }

    private static void start(Bundle bundle) {
        try {
            bundle.start();
        } catch (BundleException e) {
            throw BundlePlaces.failed(bundle.getSymbolicName() + " does not start", e);
        }
    }
}
