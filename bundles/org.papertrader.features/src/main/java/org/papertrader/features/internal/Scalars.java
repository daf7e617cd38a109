package org.papertrader.features.internal;

import java.util.Locale;

/** Single values as an operator writes them. */
final class Scalars {
    private Scalars() {}

    /** The class of a type by its simple name; text for one that is not known. */
    static Class<?> type(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "integer", "int" -> Integer.class;
            case "long" -> Long.class;
            case "short" -> Short.class;
            case "byte" -> Byte.class;
            case "double" -> Double.class;
            case "float" -> Float.class;
            case "boolean" -> Boolean.class;
            case "character", "char" -> Character.class;
            default -> String.class;
        };
    }

    /**
     * Reads a value.
     *
     * @throws FeatureException naming the key when the text is no value of the type
     */
    static Object parse(String key, String text, String typeName) throws FeatureException {
        String type = type(typeName).getSimpleName();
        try {
            return switch (type) {
                case "Integer" -> Integer.valueOf(text);
                case "Long" -> Long.valueOf(text);
                case "Short" -> Short.valueOf(text);
                case "Byte" -> Byte.valueOf(text);
                case "Double" -> Double.valueOf(text);
                case "Float" -> Float.valueOf(text);
                case "Boolean" -> bool(text);
                case "Character" -> character(text);
                default -> text;
            };
        } catch (IllegalArgumentException e) {
            throw new FeatureException(key + ": '" + text + "' is no " + type.toLowerCase(Locale.ROOT), e);
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
