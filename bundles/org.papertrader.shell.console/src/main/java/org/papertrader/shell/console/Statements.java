package org.papertrader.shell.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A line in its statements, as Gogo parts it: at {@code ;}, {@code |}, {@code &} and the ends of lines, but for what stands in
 * quotes or a comment; what stands in brackets, also in {@code "$(...)"}, is statements of its own.
 *
 * @param all in the order of their ends
 * @param isOne whether the whole line is one, without brackets
 * @param parts the line, parted where one thing after the other is asked for; as a whole where it does not end as it should
 */
record Statements(List<Statement> all, boolean isOne, List<Part> parts) {

    /** What is run by itself. */
    record Part(Join join, String text) {
        /** Whether it only gives a name to something. */
        boolean assigns() {
            return text.matches("(?s)[\\w.]+\\s*=.*");
        }
    }

    /** How a part goes on after the one before. */
    enum Join {
        /** By {@code ;} or on a line of its own. */
        NEXT,
        /** By {@code &&}. */
        AND,
        /** By {@code ||}. */
        OR
    }

    /** One of them, without what stands in brackets in it. */
    record Statement(List<Word> words) {
        /** What is called; empty text when nothing is. */
        String command() {
            boolean assigns = words.size() > 2 && words.get(1).text().equals("=");
            String word = words.get(assigns ? 2 : 0).text();
            return word.replaceAll("[\"'\\\\]", "");
        }
    }

    /** Where a word stands in the line. */
    record Word(String text, int begin, int end) {}

    static Statements of(String line) {
        return new Reading(line).statements();
    }

    /** Goes through a line once. */
    private static final class Reading {
        private static final int NONE = -1;

        private final String line;
        private final List<Statement> all = new ArrayList<>();
        private final Deque<Level> levels = new ArrayDeque<>();
        private boolean one = true;
        private boolean inSingle;
        private boolean inDouble;
        private int begin = NONE;
        private final List<Part> parts = new ArrayList<>();
        private Join join = Join.NEXT;
        private int partBegin;
        private int lists;

        Reading(String line) {
            this.line = line;
        }

        /** What stands in one pair of brackets; those in double quotes go back into them. */
        private record Level(boolean quoted, List<Word> words) {}

        Statements statements() {
            levels.push(new Level(false, new ArrayList<>()));
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (c == '\\' && !inSingle) {
                    begin(i);
                    i++;
                } else if (inSingle) {
                    inSingle = c != '\'';
                } else if (inDouble) {
                    quoted(c, i);
                } else if (c == '#' && begin == NONE) {
                    i = commentEnd(i) - 1;
                } else {
                    plain(c, i);
                }
            }
            endWord(line.length());
            endPart(line.length());
            boolean ends = levels.size() == 1 && lists == 0 && !inSingle && !inDouble;
            while (!levels.isEmpty()) {
                endStatement();
                levels.pop();
            }
            return new Statements(
                    List.copyOf(all), one, ends ? List.copyOf(parts) : List.of(new Part(Join.NEXT, line)));
        }

        private void quoted(char c, int at) {
            if (c == '(' && line.charAt(at - 1) == '$') {
                open(at, true);
            } else {
                inDouble = c != '"';
            }
        }

        private void plain(char c, int at) {
            switch (c) {
                case ' ', '\t' -> endWord(at);
                case ';', '|', '&', '\n', '\r' -> {
                    endWord(at);
                    endStatement();
                    part(c, at);
                    one = false;
                }
                case '(', '{' -> open(at, false);
                case ')', '}' -> close(at);
                default -> {
                    begin(at);
                    lists += c == '[' ? 1 : c == ']' ? -1 : 0;
                    inSingle = c == '\'';
                    inDouble = c == '"';
                }
            }
        }

        private int commentEnd(int from) {
            int end = line.indexOf('\n', from);
            return end < 0 ? line.length() : end;
        }

        /** A single {@code |} or {@code &} is Gogo's. */
        private void part(char c, int at) {
            boolean pairs = c == '|' || c == '&';
            if (levels.size() > 1 || lists != 0 || (pairs && !isSecond(c, at))) {
                return;
            }
            endPart(pairs ? at - 1 : at);
            partBegin = at + 1;
            join = c == '&' ? Join.AND : c == '|' ? Join.OR : Join.NEXT;
        }

        private boolean isSecond(char c, int at) {
            return at > partBegin && line.charAt(at - 1) == c;
        }

        private void endPart(int end) {
            String text = line.substring(partBegin, end).strip();
            if (!text.isEmpty()) {
                parts.add(new Part(join, text));
            }
        }

        private void open(int at, boolean quoted) {
            endWord(at);
            levels.push(new Level(quoted, new ArrayList<>()));
            inDouble = false;
            one = false;
        }

        private void close(int at) {
            endWord(at);
            endStatement();
            one = false;
            if (levels.size() > 1) {
                inDouble = levels.pop().quoted();
            }
        }

        private void begin(int at) {
            begin = begin == NONE ? at : begin;
        }

        private void endWord(int at) {
            if (begin != NONE) {
                levels.element().words().add(new Word(line.substring(begin, at), begin, at));
                begin = NONE;
            }
        }

        private void endStatement() {
            List<Word> words = levels.element().words();
            if (!words.isEmpty()) {
                all.add(new Statement(List.copyOf(words)));
                words.clear();
            }
        }
    }
}
