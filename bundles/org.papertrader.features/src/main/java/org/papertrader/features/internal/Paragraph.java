package org.papertrader.features.internal;

/** Text in lines that fit a terminal. */
final class Paragraph {
    private static final int INDENT_MAX = 24;

    private Paragraph() {}

    /** Appends a label and words after it; what does not fit goes on below, a little to the right. */
    static void append(StringBuilder text, String label, String words, int width) {
        int indent = Math.min(label.length(), INDENT_MAX);
        int begin = text.length();
        text.append(label);
        boolean first = true;
        for (String word : words.split("(?<=[ ,])", -1)) {
            int column = text.length() - begin;
            if (!first && column + word.stripTrailing().length() > width) {
                trim(text).append('\n');
                begin = text.length();
                text.append(" ".repeat(indent));
            }
            text.append(word);
            first = false;
        }
        trim(text).append('\n');
    }

    private static StringBuilder trim(StringBuilder text) {
        while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        return text;
    }
}
