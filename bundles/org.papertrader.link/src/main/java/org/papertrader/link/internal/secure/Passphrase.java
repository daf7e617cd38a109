package org.papertrader.link.internal.secure;

import java.io.Console;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the passphrase of a secret key comes from: never from configuration text. */
public interface Passphrase {
    /** Asks for it; called once, and only when the key is locked. */
    Loaded<char[]> ask(String fingerprint);

    /**
     * The source that an operator named; the terminal, if there is one, when none is named.
     *
     * @param file a file of mode 0600 whose first line is the passphrase; empty for none
     * @param variable name of an environment variable; empty for none
     */
    static Passphrase of(String file, String variable, Map<String, String> environment) {
        if (!file.isEmpty()) {
            return fingerprint -> KeyFiles.secret(Path.of(file)).then(Passphrase::firstLine);
        }
        if (!variable.isEmpty()) {
            return fingerprint -> {
                String value = environment.get(variable);
                return value == null
                        ? new Loaded.Bad<>("the environment has no variable " + variable)
                        : new Loaded.Good<>(value.toCharArray());
            };
        }
        return fingerprint -> prompt(System.console(), fingerprint);
    }

    private static Loaded<char[]> prompt(@Nullable Console console, String fingerprint) {
        char[] typed = console == null ? null : console.readPassword("Passphrase of key %s: ", fingerprint);
        return typed == null
                ? new Loaded.Bad<>(
                        "the secret key has a passphrase: name a file of mode 0600 with it (passphraseFile), or"
                                + " an environment variable (passphraseVariable)")
                : new Loaded.Good<>(typed);
    }

    private static Loaded<char[]> firstLine(byte[] bytes) {
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        Arrays.fill(bytes, (byte) 0);
        int end = 0;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        char[] line = new char[end];
        text.get(line);
        Arrays.fill(text.array(), '\0');
        return new Loaded.Good<>(line);
    }
}
