package org.papertrader.features.internal;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle's metatype says about one key of its configuration.
 *
 * @param key the key
 * @param type simple name of a Java type, such as {@code Integer}
 * @param list whether it takes several values
 * @param standard the component's own default as an operator would write it; empty for none
 * @param min smallest number allowed, or null
 * @param max largest number allowed, or null
 * @param options texts allowed; empty for any
 * @param description what it means; empty where nobody says
 */
record Attribute(
        String key,
        String type,
        boolean list,
        String standard,
        @Nullable BigDecimal min,
        @Nullable BigDecimal max,
        List<String> options,
        String description) {

    /** The shell's console has the same, for what is typed. */
    private static final Pattern SECRET = Pattern.compile(
            "password|passphrase|passwd|secret|token|credential|api-?_?key|private-?_?key", Pattern.CASE_INSENSITIVE);

    private static final Pattern PLACE = Pattern.compile(".*(?:File|Files|Variable|Directory|Max|Ms)");

    Attribute {
        options = List.copyOf(options);
    }

    /** Whether the values of a key are nobody's business. Names of files and of variables are not secret. */
    static boolean isSecret(String key, @Nullable Attribute attribute) {
        return (attribute != null && attribute.type().equalsIgnoreCase("password"))
                || (SECRET.matcher(key).find() && !PLACE.matcher(key).matches());
    }

    /** What may be written, for the operator. */
    String allowed() {
        String one = options.isEmpty() ? type.toLowerCase(Locale.ROOT) : "one of " + String.join(", ", options);
        return (list ? "list of " : "") + one + (range().isEmpty() ? "" : ", " + range());
    }

    /** The operator's text as a value of this type. */
    Object value(String text) throws FeatureException {
        if (!list) {
            return scalar(text);
        }
        List<Object> values = new ArrayList<>();
        for (String item : Lists.split(text)) {
            values.add(scalar(item));
        }
        Object array = Array.newInstance(Scalars.type(type), values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
        }
        return array;
    }

    private Object scalar(String text) throws FeatureException {
        if (!options.isEmpty() && !options.contains(text)) {
            throw new FeatureException(key + ": '" + text + "' is not " + allowed());
        }
        Object value;
        try {
            value = Scalars.parse(key, text, type);
        } catch (FeatureException e) {
            throw new FeatureException(e.line() + (range().isEmpty() ? "" : "; it is " + range()), e);
        }
        if (value instanceof Number) {
            BigDecimal number = new BigDecimal(value.toString());
            if ((min != null && number.compareTo(min) < 0) || (max != null && number.compareTo(max) > 0)) {
                throw new FeatureException(key + ": " + text + " is not within " + range());
            }
        }
        return value;
    }

    private String range() {
        return Stream.of(min == null ? "" : "at least " + min, max == null ? "" : "at most " + max)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" and "));
    }
}
