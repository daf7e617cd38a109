package org.papertrader.shell.console;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.papertrader.shell.console.Statements.Statement;
import org.papertrader.shell.console.Statements.Word;

/**
 * All manuals of the bundles that are installed, read when they are asked for, so that a bundle that comes brings its own
 * and no start waits for them. Thread-safe.
 */
public final class Manuals {
    /** Says yes to what cannot be taken back. */
    public static final String YES = "--yes";

    private static final String FOLDER = "OSGI-INF/shell/";
    private static final Pattern HELP =
            Pattern.compile("\\s*([\\w.-]+(?::[\\w-]+)?)(?:\\s[^|;&{}()]*)?\\s(?:--help|-h)\\s*");

    private final Supplier<Collection<ManualFile>> files;

    private Manuals(Supplier<Collection<ManualFile>> files) {
        this.files = files;
    }

    /** Those of the framework's bundles, and of what Felix brings. */
    public static Manuals of(BundleContext context) {
        return new Manuals(new OfBundles(context)::get);
    }

    /** Those of some files' texts, and of what Felix brings. */
    public static Manuals of(List<String> texts) {
        List<ManualFile> all = new ArrayList<>(List.of(OfBundles.felix()));
        texts.forEach(text -> all.add(ManualFile.parse(text)));
        return new Manuals(() -> all);
    }

    /** Every manual by its command's name. */
    public Map<String, Manual> byName() {
        Map<String, Manual> manuals = new TreeMap<>();
        files.get().forEach(file -> file.manuals().forEach(manual -> manuals.putIfAbsent(manual.name(), manual)));
        return manuals;
    }

    /** What is told of each topic, by name. */
    public Map<String, String> topics() {
        Map<String, String> topics = new TreeMap<>();
        files.get().forEach(file -> file.topics()
                .forEach((name, text) -> topics.merge(name, text, (one, two) -> one.isEmpty() ? two : one)));
        return topics;
    }

    /** The manual of a command as it is typed, with or without its scope. */
    public Optional<Manual> find(String command) {
        Map<String, Manual> manuals = byName();
        return command.indexOf(':') >= 0
                ? Optional.ofNullable(manuals.get(command))
                : Scopes.SEARCHED.stream()
                        .map(scope -> manuals.get(scope + ":" + command))
                        .filter(manual -> manual != null)
                        .findFirst()
                        .or(() -> manuals.values().stream()
                                .filter(manual -> manual.function().equals(command))
                                .findFirst());
    }

    /** The manual that {@code COMMAND --help} asks for. */
    Optional<Manual> askedBy(String line) {
        Matcher help = HELP.matcher(line);
        return help.matches() ? find(help.group(1)) : Optional.empty();
    }

    /** Whether a line has a statement that cannot be taken back and would not ask, and does not say yes in this statement. */
    boolean isUnconfirmed(String line) {
        return caught(line).anyMatch(statement -> statement.words().stream().noneMatch(Manuals::isYes));
    }

    /** The line as its commands understand it: those that ask by themselves are handed the word. */
    String plain(String line) {
        StringBuilder plain = new StringBuilder(line);
        caught(line)
                .flatMap(statement -> statement.words().stream().filter(Manuals::isYes))
                .sorted(Comparator.comparingInt(Word::begin).reversed())
                .forEach(word -> plain.delete(
                        line.substring(0, word.begin()).stripTrailing().length(), word.end()));
        return plain.toString();
    }

    private static boolean isYes(Word word) {
        return word.text().equals(YES);
    }

    private Stream<Statement> caught(String line) {
        Collection<Manual> caught =
                byName().values().stream().filter(Manual::isCaught).toList();
        return Statements.of(line).all().stream().filter(statement -> caught.stream()
                .anyMatch(manual -> manual.name().equalsIgnoreCase(statement.command())
                        || manual.function().equalsIgnoreCase(statement.command())));
    }

    /** Reads each bundle once, and again when it was updated. */
    private static final class OfBundles {
        private final BundleContext context;
        private final Map<String, List<ManualFile>> read = new HashMap<>();

        OfBundles(BundleContext context) {
            this.context = context;
        }

        synchronized Collection<ManualFile> get() {
            Map<String, List<ManualFile>> now = new HashMap<>();
            List<ManualFile> all = new ArrayList<>();
            for (Bundle bundle : context.getBundles()) {
                String key = bundle.getBundleId() + "/" + bundle.getLastModified();
                List<ManualFile> known = read.get(key);
                List<ManualFile> manuals = known == null ? read(bundle) : known;
                now.put(key, manuals);
                all.addAll(manuals);
            }
            read.clear();
            read.putAll(now);
            all.add(felix());
            return all;
        }

        private static List<ManualFile> read(Bundle bundle) {
            List<ManualFile> files = new ArrayList<>();
            // Most bundles have none, and a search goes through all that they have.
            Enumeration<URL> found =
                    bundle.getEntry(FOLDER) == null ? null : bundle.findEntries(FOLDER, "*.txt", false);
            if (found != null) {
                for (URL url : Collections.list(found)) {
                    try (InputStream in = url.openStream()) {
                        files.add(text(in));
                    } catch (IOException gone) {
                        // A bundle that goes at this moment needs no manual any more.
                    }
                }
            }
            return files;
        }

        static ManualFile felix() {
            try (InputStream in = Manuals.class.getResourceAsStream("felix.txt")) {
                return text(in);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static ManualFile text(InputStream in) throws IOException {
            return ManualFile.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
