package org.papertrader.shell.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.papertrader.shell.console.Secrets;

/**
 * Takes out of text what must not leave the machine: the secrets that this program was given, whatever stands after a word
 * that names a secret, private keys, what is as long and random as a session id or a token, passwords in addresses, mail
 * addresses, the home directory, what was typed after a command, messages about accounts; and it writes numbers for the names
 * of people. Not thread-safe: private keys go over several lines.
 */
final class Scrubber {
    private static final String GONE = "***";
    private static final int SECRET_LENGTH_MIN = 4;
    private static final Pattern TOKEN =
            Pattern.compile("(?<![\\w-])(?=[\\w+-]*\\d)(?=[\\w+-]*[A-Za-z])[\\w+-]{32,}(?![\\w-])");
    private static final Pattern PADDED = Pattern.compile("[A-Za-z0-9+/]{20,}={1,2}(?![\\w=])");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern USER_INFO = Pattern.compile("://[^/\\s:@]+:[^/\\s@]+@");
    private static final Pattern MAIL = Pattern.compile("[\\w.+-]+@[\\w.-]+\\.[A-Za-z]{2,}");
    private static final Pattern PERSON =
            Pattern.compile("\\b(user|by|userName|account)=(\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s>,}]+)");

    /** What the audit log has of a line that somebody typed; it is the last in its line. */
    private static final Pattern TYPED =
            Pattern.compile("( event=(?:command|exit) .*?\\bline=)(\"?)([\\w.-]+(?::[\\w-]+)?(?=[\\s\"]|$))?(.*)");

    /** Up to the message of an entry that tells who did what: logins, accounts, reasons that an operator gave. */
    private static final Pattern ABOUT_PEOPLE =
            Pattern.compile("^(\\S+Z (?:(?:INFO|DEBUG|TRACE) +\\[[^]]*] org\\.papertrader\\.auth\\."
                    + "|[A-Z]+ +\\[[^]]*] org\\.papertrader\\.audit\\.(?:accounts|queue)(?=[ .])).*? - ).*");

    private static final Pattern KEY_BEGIN = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY");
    private static final Pattern KEY_END = Pattern.compile("-----END [A-Z ]*PRIVATE KEY");

    private final List<String> secrets;
    private final String home = System.getProperty("user.home", "") + "/";
    private final Map<String, Integer> people = new HashMap<>();
    private boolean inKey;

    /** {@code secrets} are replaced wherever they stand; those that are too short to be any are left out. */
    Scrubber(Collection<String> secrets) {
        this.secrets = new ArrayList<>(secrets.stream()
                .map(String::strip)
                .filter(secret -> secret.length() >= SECRET_LENGTH_MIN)
                .distinct()
                .toList());
        // One that has another in it goes first.
        this.secrets.sort(Comparator.comparingInt(String::length).reversed());
    }

    /** Several lines. */
    String text(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.lines().forEach(line -> clean.append(line(line)).append('\n'));
        return clean.toString();
    }

    /** One line. */
    String line(String line) {
        boolean wasInKey = inKey;
        inKey = KEY_BEGIN.matcher(line).find()
                || (inKey && !KEY_END.matcher(line).find());
        if (wasInKey || inKey) {
            // The whole key may also be in one line.
            inKey &= !KEY_END.matcher(line).find();
            return GONE;
        }
        String clean = line;
        for (String secret : secrets) {
            clean = clean.replace(secret, GONE);
        }
        clean = ABOUT_PEOPLE.matcher(clean).replaceFirst("$1" + GONE);
        clean = TYPED.matcher(clean).replaceFirst(found -> Matcher.quoteReplacement(command(found)));
        clean = Secrets.mask(clean);
        clean = USER_INFO.matcher(clean).replaceAll("://" + GONE + "@");
        clean = MAIL.matcher(clean).replaceAll(GONE);
        clean = PERSON.matcher(clean)
                .replaceAll(found -> found.group(1) + "=person-"
                        + people.computeIfAbsent(found.group(2), name -> people.size() + 1));
        clean = PADDED.matcher(clean).replaceAll(GONE);
        clean = home.length() > 1 ? clean.replace(home, "~/") : clean;
        return TOKEN.matcher(clean)
                .replaceAll(found -> UUID.matcher(found.group()).matches() ? found.group() : GONE);
    }

    private static String command(MatchResult typed) {
        String name = Objects.toString(typed.group(3), "");
        String rest = typed.group(4);
        boolean isAlone = !name.isEmpty() && rest.equals(typed.group(2));
        return typed.group(1)
                + typed.group(2)
                + name
                + (isAlone ? "" : (name.isEmpty() ? "" : " ") + GONE)
                + typed.group(2);
    }
}
