package org.papertrader.itests.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * docs/requirements.md, read.
 *
 * @param rows what the page says, by id
 */
record RequirementsDocument(Map<String, Row> rows) {
    /** How many ids each chapter of the specification has. */
    private static final Map<String, Integer> CHAPTERS =
            Map.of("CARD", 9, "OVR", 6, "VAR", 4, "DS", 8, "MST", 30, "WRK", 7, "PRO", 17);

    private static final Pattern LINE = Pattern.compile("\\| ([A-Z]+-\\d+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern TEST = Pattern.compile("`([A-Za-z0-9]+)`");
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([A-Z]+-\\d+)\"\\)");

    /**
     * A line of the table.
     *
     * @param tests simple names of test classes
     * @param open whether something is marked as missing
     */
    record Row(String demand, String where, Set<String> tests, boolean open) {}

    static RequirementsDocument parse(String text) {
        Map<String, Row> rows = new TreeMap<>();
        text.lines().flatMap(line -> LINE.matcher(line).results()).forEach(line -> {
            if (rows.put(line.group(1), row(line)) != null) {
                throw new IllegalArgumentException(line.group(1) + " is listed twice");
            }
        });
        return new RequirementsDocument(rows);
    }

    private static Row row(MatchResult line) {
        String[] proof = line.group(4).split("open:", 2);
        Set<String> tests = TEST.matcher(proof[0])
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        return new Row(line.group(2), line.group(3), tests, proof.length == 2 && !proof[1].isBlank());
    }

    static Set<String> allIds() {
        return CHAPTERS.entrySet().stream()
                .flatMap(chapter -> IntStream.rangeClosed(1, chapter.getValue())
                        .mapToObj(number -> chapter.getKey() + "-" + number))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the page says and the sources do not, and the other way round. */
    List<String> violations(Set<String> ids, List<SourceFile> sources) {
        Map<String, Set<String>> tagsOfClasses = tags(sources);
        List<String> found = new ArrayList<>();
        ids.stream().filter(id -> !rows.containsKey(id)).forEach(id -> found.add(id + " is not listed"));
        rows.forEach((id, row) -> {
            if (!ids.contains(id)) {
                found.add(id + " is no requirement");
            }
            if (row.tests().isEmpty() && !row.open()) {
                found.add(id + " has neither a test nor is it open");
            }
            row.tests().stream()
                    .filter(test -> !tagsOfClasses.getOrDefault(test, Set.of()).contains(id))
                    .forEach(test -> found.add(id + " names " + test + ", which is not there or lacks the tag"));
        });
        tagsOfClasses.forEach((test, tags) -> tags.stream()
                .filter(id -> !rows.containsKey(id))
                .forEach(id -> found.add(test + " carries " + id + ", which is not listed")));
        tagsOfClasses.values().stream()
                .flatMap(Set::stream)
                .distinct()
                .filter(id -> rows.containsKey(id) && rows.get(id).tests().isEmpty())
                .forEach(id -> found.add(id + " has a test that is not listed"));
        return found;
    }

    /** Classes of the same name count as one. */
    private static Map<String, Set<String>> tags(List<SourceFile> sources) {
        Map<String, Set<String>> tags = new TreeMap<>();
        for (SourceFile file : sources) {
            if (!file.path().contains("itests.architecture/")
                    || !file.className().equals("RequirementsDocumentTest")) {
                TAG.matcher(file.text()).results().forEach(match -> tags.computeIfAbsent(
                                file.className(), name -> new TreeSet<>())
                        .add(match.group(1)));
            }
        }
        return tags;
    }
}
