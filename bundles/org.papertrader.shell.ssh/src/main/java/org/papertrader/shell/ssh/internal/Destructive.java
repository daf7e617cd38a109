package org.papertrader.shell.ssh.internal;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The convention for what cannot be taken back: a command does it only with {@code --yes}. Commands of this project that
 * need it know it themselves and say so; for those that do not, Felix's own above all, the shell asks. A safety catch
 * for operators, no fence: they may do everything.
 */
final class Destructive {
    static final String YES = "--yes";

    private static final Set<String> COMMANDS = Set.of(
            "felix:stop",
            "felix:uninstall",
            "felix:shutdown",
            "system:exit",
            "sessions:end",
            "worker:boot",
            "worker:disable",
            "worker:retirekey");
    private static final Pattern FIRST_WORD = Pattern.compile("(?:^|[;|&{}()\\n])\\s*([\\w-]+(?::[\\w-]+)?)");
    private static final Pattern ANSWER = Pattern.compile("\\s" + YES + "(?=\\s|$)");

    private Destructive() {}

    /** Whether a line does something of that kind, and does not say yes to it. */
    static boolean isUnconfirmed(String line) {
        return isCaught(line) && !ANSWER.matcher(line).find();
    }

    /** The line as its commands understand it. */
    static String plain(String line) {
        return isCaught(line) ? ANSWER.matcher(line).replaceAll("") : line;
    }

    /** Whether a command that did nothing asks to be confirmed. */
    static boolean asksFor(String answer) {
        return answer.contains("add " + YES + " to do it");
    }

    private static boolean isCaught(String line) {
        Matcher words = FIRST_WORD.matcher(line);
        while (words.find()) {
            String word = words.group(1);
            if (COMMANDS.contains(word) || (word.indexOf(':') < 0 && COMMANDS.contains("felix:" + word))) {
                return true;
            }
        }
        return false;
    }
}
