package org.papertrader.features.internal;

import java.util.ArrayList;
import java.util.List;

/** Lists as an operator writes them: items separated by commas; a comma inside an item is written {@code \,}. */
final class Lists {
    private Lists() {}

    static List<String> split(String text) {
        List<String> items = new ArrayList<>();
        if (!text.isBlank()) {
            for (String item : text.split("(?<!\\\\),", -1)) {
                items.add(item.trim().replace("\\,", ","));
            }
        }
        return items;
    }

    static String join(List<?> items) {
        List<String> texts = new ArrayList<>();
        for (Object item : items) {
            texts.add(String.valueOf(item).replace(",", "\\,"));
        }
        return String.join(",", texts);
    }
}
