package org.papertrader.link.internal.secure;

import java.io.Console;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the passphrase of a secret key comes from: never from configuration text. */
public interface Passphrase {
    /** A person may mistype it twice. */
    int TYPED_MAX = 3;

    /**
     * Asks for it; only when the key is locked.
     *
     * @param attempt 1, and one more each time that what came does not open the key, until nothing comes
     */
    Loaded<char[]> ask(String fingerprint, int attempt);

    /**
     * The source that an operator named; the terminal, if there is one, when none is named.
     *
     * @param file a file of mode 0600 whose first line is the passphrase; empty for none
     * @param variable name of an environment variable; empty for none
     */
    static Passphrase of(String file, String variable, Map<String, String> environment) {
        if (!file.isEmpty()) {
            return (fingerprint, attempt) ->
                    attempt > 1 ? wrong() : KeyFiles.secret(Path.of(file)).then(Passphrase::firstLine);
        }
        if (!variable.isEmpty()) {
            return (fingerprint, attempt) -> {
                if (attempt > 1) {
                    return wrong();
                }
                String value = environment.get(variable);
                return value == null
                        ? new Loaded.Bad<>("the environment has no variable " + variable)
                        : new Loaded.Good<>(value.toCharArray());
            };
        }
        return typed(terminal(System.console()));
    }

    private static Function<String, char @Nullable []> terminal(@Nullable Console console) {
        return console == null ? question -> null : question -> console.readPassword("%s", question);
    }

    /** A person who is asked, {@link #TYPED_MAX} times at most; {@code null} when there is nobody. */
    static Passphrase typed(Function<String, char @Nullable []> terminal) {
        return (fingerprint, attempt) -> {
            if (attempt > TYPED_MAX) {
                return wrong();
            }
            String question = "Passphrase of key " + fingerprint + ": ";
            return answered(terminal.apply(attempt == 1 ? question : "That does not open it. " + question));
        };
    }

    private static Loaded<char[]> answered(char @Nullable [] typed) {
        return typed == null
                ? new Loaded.Bad<>(
                        "the secret key has a passphrase: name a file of mode 0600 with it (passphraseFile), or"
                                + " an environment variable (passphraseVariable)")
                : new Loaded.Good<>(typed);
    }

    private static Loaded<char[]> wrong() {
        return new Loaded.Bad<>("the passphrase does not open the secret key");
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
