package org.papertrader.features.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces {@code ${name}} in the text of a feature, before it is read: typed values cannot hold a variable. */
final class Variables {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^${}]+)}");

    private Variables() {}

    /**
     * Replaces each variable inside JSON text; the value is escaped as part of a JSON string.
     *
     * @throws FeatureException naming every variable that has no value
     */
    static String inJson(String json, Function<String, @Nullable String> values) throws FeatureException {
        return replace(json, values, Variables::escape);
    }

    /** Replaces each variable in plain text. */
    static String inText(String text, Function<String, @Nullable String> values) throws FeatureException {
        return replace(text, values, Function.identity());
    }

    private static String replace(
            String text, Function<String, @Nullable String> values, Function<String, String> escape)
            throws FeatureException {
        List<String> missing = new ArrayList<>();
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder replaced = new StringBuilder(text.length());
        while (matcher.find()) {
            String value = values.apply(matcher.group(1));
            if (value == null) {
                missing.add(matcher.group(1));
                value = "";
            }
            matcher.appendReplacement(replaced, Matcher.quoteReplacement(escape.apply(value)));
        }
        if (!missing.isEmpty()) {
            throw new FeatureException("no value for " + String.join(", ", missing));
        }
        return matcher.appendTail(replaced).toString();
    }

    private static String escape(String value) {
        StringBuilder escaped = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ') {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
