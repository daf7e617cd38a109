package org.papertrader.features.internal;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Lays the operator's values over a feature's defaults. */
final class Overlay {
    private Overlay() {}

    /**
     * The values in effect. The operator writes text; where there is a default, the text is read as a value of the same
     * type, lists by comma. Without a default it stays text, which DS converts to what the component asks for.
     *
     * @throws FeatureException naming the key whose text is no value of the default's type
     */
    static Map<String, Object> effective(Map<String, Object> defaults, Map<String, String> operator)
            throws FeatureException {
        Map<String, Object> effective = new TreeMap<>(defaults);
        for (Map.Entry<String, String> entry : operator.entrySet()) {
            Object standard = defaults.get(entry.getKey());
            effective.put(
                    entry.getKey(),
                    standard == null ? entry.getValue() : typed(entry.getKey(), entry.getValue(), standard));
        }
        return effective;
    }

    /** A value as the operator would write it; empty for none. */
    static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Collection<?> collection) {
            return collection.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        if (value.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(value))
                    .mapToObj(i -> String.valueOf(Array.get(value, i)))
                    .collect(Collectors.joining(","));
        }
        return value.toString();
    }

    private static Object typed(String key, String text, Object standard) throws FeatureException {
        if (standard.getClass().isArray()) {
            Class<?> type = standard.getClass().getComponentType();
            List<String> items = items(text);
            Object array = Array.newInstance(type, items.size());
            for (int i = 0; i < items.size(); i++) {
                Array.set(array, i, scalar(key, items.get(i), type));
            }
            return array;
        }
        if (standard instanceof Collection<?> collection) {
            Class<?> type = collection.isEmpty()
                    ? String.class
                    : collection.iterator().next().getClass();
            List<Object> list = new ArrayList<>();
            for (String item : items(text)) {
                list.add(scalar(key, item, type));
            }
            return list;
        }
        return scalar(key, text, standard.getClass());
    }

    private static List<String> items(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split("\\s*,\\s*"));
    }

    private static Object scalar(String key, String text, Class<?> type) throws FeatureException {
        String name = type.getSimpleName().toLowerCase(Locale.ROOT);
        try {
            return switch (name) {
                case "integer", "int" -> Integer.valueOf(text);
                case "long" -> Long.valueOf(text);
                case "short" -> Short.valueOf(text);
                case "byte" -> Byte.valueOf(text);
                case "double" -> Double.valueOf(text);
                case "float" -> Float.valueOf(text);
                case "boolean" -> bool(text);
                case "character", "char" -> character(text);
                default -> text;
            };
        } catch (IllegalArgumentException e) {
            throw new FeatureException(key + ": '" + text + "' is no " + name, e);
        }
    }

    private static Boolean bool(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.valueOf(text);
        }
        throw new IllegalArgumentException(text);
    }

    private static Character character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException(text);
        }
        return text.charAt(0);
    }
}
