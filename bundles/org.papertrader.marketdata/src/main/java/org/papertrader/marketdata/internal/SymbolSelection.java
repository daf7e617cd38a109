package org.papertrader.marketdata.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.papertrader.model.Symbol;

/**
 * Which assets to retrieve (VAR-1).
 *
 * @param all true for all that the sources list
 * @param named further symbols by name
 * @param files files that name further ones, one a line
 */
record SymbolSelection(boolean all, Set<Symbol> named, List<Path> files) {
    private static final String ALL = "*";
    private static final char FILE = '@';
    private static final char COMMENT = '#';

    SymbolSelection {
        named = Set.copyOf(named);
        files = List.copyOf(files);
    }

    /** Reads entries: {@code *}, {@code @path} or a symbol, several separated by commas or blanks. */
    static SymbolSelection parse(List<String> entries) {
        boolean all = false;
        Set<Symbol> named = new LinkedHashSet<>();
        List<Path> files = new ArrayList<>();
        for (String entry : entries) {
            String text = entry.strip();
            if (text.equals(ALL)) {
                all = true;
            } else if (!text.isEmpty() && text.charAt(0) == FILE) {
                files.add(path(text.substring(1)));
            } else {
                named.addAll(symbols(text));
            }
        }
        return new SymbolSelection(all, named, files);
    }

    /** The symbols of a line; what follows # is a comment. */
    static Set<Symbol> symbols(String line) {
        int comment = line.indexOf(COMMENT);
        String text = comment < 0 ? line : line.substring(0, comment);
        Set<Symbol> symbols = new LinkedHashSet<>();
        for (String word : text.strip().split("[,;\\s]+", -1)) {
            if (!word.isEmpty()) {
                symbols.add(new Symbol(word.toUpperCase(Locale.ROOT)));
            }
        }
        return symbols;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("symbols: no path: '" + text + "'", e);
        }
    }
}
