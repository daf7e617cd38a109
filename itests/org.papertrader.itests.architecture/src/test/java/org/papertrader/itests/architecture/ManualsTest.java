package org.papertrader.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each command has a manual in the bundle that brings it, from which help and completion come. */
@Tag("CARD-9")
class ManualsTest {
    private static final String FOLDER = "OSGI-INF/shell/";
    private static final Pattern USAGE = Pattern.compile("(?m)^([\\w.-]+:[\\w-]+)(?: .*)?$");
    private static final Pattern TOPIC = Pattern.compile("(?m)^topic ([\\w-]+)(: .*)?$");
    private static final int WIDTH = 80;

    /** The shell indents the body by two. */
    private static final int BODY_WIDTH = WIDTH + 2;

    @Test
    void everyCommandHasAManualAndEveryManualACommand() {
        Set<String> all = new TreeSet<>();
        for (String bundle : Repository.bundleFolders()) {
            Set<String> commands = new TreeSet<>(ShellCommands.of(Repository.jar(bundle)));
            Repository.sources().stream()
                    .filter(file -> file.path().startsWith("bundles/" + bundle + "/") && !file.isTest())
                    .flatMap(ShellCommands::of)
                    .forEach(commands::add);
            assertThat(told(Repository.jar(bundle))).as("manuals of " + bundle).isEqualTo(commands);
            all.addAll(commands);
        }
        assertThat(all).hasSizeGreaterThan(15);
    }

    @Test
    void allFitATerminalAndAShortLineInALong() {
        texts().forEach(text -> assertThat(text.lines())
                .allMatch(line -> line.length() <= (line.startsWith(" ") ? BODY_WIDTH : WIDTH), "80 columns wide"));
    }

    /** One bundle tells what each topic is; the others only name it. */
    @Test
    void everyTopicIsTold() {
        Set<String> told = topics(": ");
        assertThat(topics("")).isSubsetOf(told).hasSizeGreaterThan(8);
    }

    private static Set<String> topics(String begin) {
        return texts().flatMap(text -> TOPIC.matcher(text).results())
                .filter(topic -> topic.group(2) == null
                        ? begin.isEmpty()
                        : topic.group(2).startsWith(begin))
                .map(topic -> topic.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> told(Path jar) {
        return manuals(jar).stream()
                .flatMap(text -> USAGE.matcher(text).results())
                .map(usage -> usage.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> texts() {
        return Repository.bundleFolders().stream().flatMap(bundle -> manuals(Repository.jar(bundle)).stream());
    }

    private static Set<String> manuals(Path jar) {
        Set<String> texts = new TreeSet<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (entry.getName().startsWith(FOLDER) && entry.getName().endsWith(".txt")) {
                    texts.add(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(jar.toString(), e);
        }
        return texts;
    }
}
