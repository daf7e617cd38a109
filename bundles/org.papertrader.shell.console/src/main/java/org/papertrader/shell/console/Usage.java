package org.papertrader.shell.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A usage line, read. Words in capitals are kinds of values, others are typed as they stand; {@code |} parts
 * alternatives, {@code [...]} is optional, {@code NAME...} may repeat, {@code --option KIND} takes a value.
 *
 * @param options by name, with the kinds of their values
 * @param places kinds by place
 * @param repeats whether the last place repeats
 */
record Usage(Map<String, List<String>> options, List<List<String>> places, boolean repeats) {
    private static final Pattern OPTION = Pattern.compile("(--[\\w-]+)(?: ([A-Z][A-Z|]*)(?![\\w-]))?");

    static Usage of(String line) {
        Map<String, List<String>> options = new TreeMap<>();
        Matcher found = OPTION.matcher(line);
        while (found.find()) {
            options.put(found.group(1), found.group(2) == null ? List.of() : alternatives(found.group(2)));
        }
        String rest = OPTION.matcher(line).replaceAll(" ").replaceAll("[\\[\\]()]", " ");
        List<List<String>> places = new ArrayList<>();
        boolean repeats = false;
        for (String word : rest.strip().split("\\s+", -1)) {
            repeats = word.endsWith("...");
            List<String> kinds = alternatives(repeats ? word.substring(0, word.length() - 3) : word);
            if (!kinds.isEmpty()) {
                places.add(kinds);
            }
        }
        return new Usage(options, places.subList(1, places.size()), repeats);
    }

    /** The kinds of a place, from 0; none beyond the last. */
    List<String> kindsAt(int place) {
        int last = places.size() - 1;
        int at = repeats ? Math.min(place, last) : place;
        return at < 0 || at > last ? List.of() : places.get(at);
    }

    private static List<String> alternatives(String word) {
        return Arrays.stream(word.split("\\|")).filter(part -> !part.isEmpty()).toList();
    }
}
