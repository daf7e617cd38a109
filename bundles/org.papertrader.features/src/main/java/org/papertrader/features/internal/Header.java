package org.papertrader.features.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** One clause of a bundle's manifest header, {@code name;name;attribute=value;directive:=value}. */
record Header(List<String> parts) {
    /** The clauses of a header; none of null. */
    static List<Header> clauses(@Nullable String header) {
        return header == null
                ? List.of()
                : split(header, ',').stream()
                        .map(clause -> new Header(split(clause, ';')))
                        .toList();
    }

    /** Whether it is about this package or bundle; what is only named in a directive, such as {@code uses}, is not. */
    boolean names(String name) {
        return parts.contains(name);
    }

    /** The version that an attribute gives, 0 where there is none. */
    Version version(String attribute) {
        for (String part : parts) {
            String[] pair = part.split("=", 2);
            if (pair.length == 2 && pair[0].strip().equals(attribute)) {
                return Version.parseVersion(pair[1].replace("\"", "").strip());
            }
        }
        return Version.emptyVersion;
    }

    /** Not within quotation marks. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }
}
