package org.papertrader.features.internal;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 */
record Attribute(
        String key,
        String type,
        boolean list,
        String standard,
        @Nullable BigDecimal min,
        @Nullable BigDecimal max) {

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
        Object value = Scalars.parse(key, text, type);
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
                .collect(Collectors.joining(" and "))
                .toLowerCase(Locale.ROOT);
    }
}
