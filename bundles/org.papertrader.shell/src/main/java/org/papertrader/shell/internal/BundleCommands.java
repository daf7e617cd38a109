package org.papertrader.shell.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.papertrader.shell.text.Failed;

/**
 * Shell commands that change bundles, instead of Felix's own: those answer why they failed as if that were what was asked for,
 * take names only where there is a terminal, and leave a bundle down that the framework refuses for a moment.
 */
@Component(
        service = BundleCommands.class,
        property = {
            "osgi.command.scope=shell",
            "osgi.command.function=install",
            "osgi.command.function=start",
            "osgi.command.function=stop",
            "osgi.command.function=uninstall",
            "osgi.command.function=update"
        })
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

    /** Stops them, one after the other, until they or the program are started anew. */
    @Descriptor("stops bundles")
    public void stop(@Descriptor("numbers or symbolic names") String... typed) {
        bundles("stop BUNDLE...", typed).forEach(bundle -> tried(bundle, "is not stopped", bundle::stop));
    }

    /** Takes them away, one after the other. */
    @Descriptor("takes bundles away")
    public void uninstall(@Descriptor("numbers or symbolic names") String... typed) {
        bundles("uninstall BUNDLE...", typed).forEach(bundle -> tried(bundle, "is not taken away", bundle::uninstall));
    }

    /** Brings another version of one, and has it run if it did. */
    @Descriptor("brings another version of a bundle, in place")
    public void update(
            @Descriptor("number or symbolic name, and where the jar is; without that, where it came from")
                    String... typed) {
        String usage = "update BUNDLE [PLACE]";
        List<String> words = words(usage, typed);
        if (words.size() > 2) {
            throw new Failed("usage: " + usage);
        }
        Bundle bundle = BundleWords.bundle(context, words.get(0));
        BundlePlaces.update(bundle, words.size() == 2 ? words.get(1) : null);
    }

    /** All are looked up before the first is changed: a name that is mistyped changes nothing. */
    private List<Bundle> bundles(String usage, String... typed) {
        return words(usage, typed).stream()
                .map(word -> BundleWords.bundle(context, word))
                .toList();
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
        return BundleWords.named(context, word)
                .<Startable>map(bundle -> () -> BundlePlaces.start(bundle))
                .orElseGet(() -> place(word));
    }

    private Startable place(String word) {
        if (word.indexOf(':') < 0) {
            throw BundleWords.none(word);
        }
        return () -> {
            boolean known = context.getBundle(word) != null;
            Bundle bundle = BundlePlaces.installed(context, List.of(word)).get(0);
            try {
                BundlePlaces.start(bundle);
            } catch (Failed e) {
                if (!known) {
                    BundlePlaces.uninstall(bundle, e);
                }
                throw e;
            }
        };
    }

    @FunctionalInterface
    private interface Change {
        void run() throws BundleException;
    }

    private static void tried(Bundle bundle, String failed, Change change) {
        try {
            change.run();
        } catch (BundleException e) {
            throw BundlePlaces.failed(bundle.getSymbolicName() + " " + failed, e);
        }
    }
}
