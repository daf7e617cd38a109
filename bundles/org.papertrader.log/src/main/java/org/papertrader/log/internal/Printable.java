package org.papertrader.log.internal;

/**
 * What of a text is safe in a file and on a terminal. Control characters (so all that begins an escape sequence),
 * Unicode's line separators, invisible and direction-changing characters and halves of characters are not.
 */
final class Printable {

    private Printable() {}

    static boolean isSafe(int codePoint) {
        if (codePoint >= ' ' && codePoint < 0x7f) {
            return true;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    /** Appends a code point as Java and JSON write one that cannot be seen. */
    static void appendEscaped(int codePoint, StringBuilder out) {
        for (char unit : Character.toChars(codePoint)) {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                out.append(Character.forDigit(unit >> shift & 0xf, 16));
            }
        }
    }
}
