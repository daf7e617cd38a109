package org.papertrader.assets.replay.internal;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.papertrader.model.Symbol;

/** Turns the tickers of files into PaperTrader's form. */
final class SymbolNames {
    private static final Pattern SHARE_CLASS = Pattern.compile("^([A-Z]+)_([A-Z])$");
    private static final Pattern SUFFIXES = Pattern.compile("(?i)\\.csv(\\.gz)?$");

    private SymbolNames() {}

    /** The symbol that a cell names: upper case, and {@code BRK_A} becomes {@code BRK.A}. */
    static Optional<Symbol> ofText(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        String symbol = SHARE_CLASS.matcher(upper).replaceFirst("$1.$2");
        return Symbol.isValid(symbol) ? Optional.of(new Symbol(symbol)) : Optional.empty();
    }

    /** The symbol that a file is named after. */
    static Optional<Symbol> ofFile(Path file) {
        return ofText(SUFFIXES.matcher(file.getFileName().toString()).replaceFirst(""));
    }
}
