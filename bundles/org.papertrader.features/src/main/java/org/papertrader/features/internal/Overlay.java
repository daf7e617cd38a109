package org.papertrader.features.internal;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Lays the operator's values over a feature's defaults. */
final class Overlay {
    private Overlay() {}

    /**
     * The values in effect. The operator writes text; it is read as the type that the bundle's metatype tells, else that
     * of the feature's default. Where neither is known it stays text, which DS converts to what the component asks for.
     *
     * @param attributes the metatype of the PID by key; empty when there is none
     * @throws FeatureException naming the key whose text is no value of its type
     */
    static Map<String, Object> effective(
            Map<String, Object> defaults, Map<String, String> operator, Map<String, Attribute> attributes)
            throws FeatureException {
        Map<String, Object> effective = new TreeMap<>(defaults);
        for (Map.Entry<String, String> entry : operator.entrySet()) {
            String key = entry.getKey();
            Attribute attribute = attributes.get(key);
            effective.put(
                    key,
                    attribute != null
                            ? attribute.value(entry.getValue())
                            : like(key, entry.getValue(), defaults.get(key)));
        }
        return effective;
    }

    /** A value as the operator would write it; empty for none. */
    static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Collection<?> collection) {
            return Lists.join(List.copyOf(collection));
        }
        if (value.getClass().isArray()) {
            return Lists.join(IntStream.range(0, Array.getLength(value))
                    .mapToObj(i -> Array.get(value, i))
                    .toList());
        }
        return value.toString();
    }

    private static Object like(String key, String text, @Nullable Object standard) throws FeatureException {
        if (standard == null) {
            return text;
        }
        if (standard.getClass().isArray()) {
            Class<?> type = standard.getClass().getComponentType();
            List<Object> items = items(key, text, type.getSimpleName());
            Object array = Array.newInstance(type, items.size());
            for (int i = 0; i < items.size(); i++) {
                Array.set(array, i, items.get(i));
            }
            return array;
        }
        if (standard instanceof Collection<?> collection) {
            Object first = collection.isEmpty() ? "" : collection.iterator().next();
            return items(key, text, first.getClass().getSimpleName());
        }
        return Scalars.parse(key, text, standard.getClass().getSimpleName());
    }

    private static List<Object> items(String key, String text, String type) throws FeatureException {
        List<Object> items = new ArrayList<>();
        for (String item : Lists.split(text)) {
            items.add(Scalars.parse(key, item, type));
        }
        return items;
    }
}
