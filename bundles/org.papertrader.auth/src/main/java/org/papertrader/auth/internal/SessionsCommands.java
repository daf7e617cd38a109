package org.papertrader.auth.internal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.auth.internal.AuthAdmin.Line;
import org.papertrader.gate.UnavailableException;
import org.papertrader.model.UserName;

/** Shell commands of scope {@code sessions}: lists of at most 80 columns, and ending. */
@Component(
        service = SessionsCommands.class,
        property = {"osgi.command.scope=sessions", "osgi.command.function=list", "osgi.command.function=end"})
public final class SessionsCommands {
    private static final int HASH_SHOWN = 8;
    private static final Pattern HASH = Pattern.compile("#[0-9a-f]{8,64}");
    private static final String ROW = "#%-8s %-24s %-7s %3s %-15.15s %s%n";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final AuthAdmin admin;

    @Activate
    public SessionsCommands(@Reference AuthProvider auth) {
        this(auth.admin());
    }

    SessionsCommands(AuthAdmin admin) {
        this.admin = admin;
    }

    /** Lists the sessions in memory, last used first. */
    public String list() {
        return table(admin.sessions());
    }

    /** Lists all sessions of a user, oldest first. */
    public String list(String userName) {
        try {
            return admin.account(new UserName(userName))
                    .map(account -> table(admin.sessions(account)))
                    .orElse("there is no user " + userName + "\n");
        } catch (IllegalArgumentException | UnavailableException e) {
            return e.getMessage() + "\n";
        }
    }

    /** Ends all sessions of a user, or the one of a {@code #hash} as the list shows it. */
    public String end(String userNameOrHash) {
        try {
            if (HASH.matcher(userNameOrHash).matches()) {
                return ended(admin.end(userNameOrHash.substring(1)));
            }
            return admin.account(new UserName(userNameOrHash))
                    .map(account -> ended(admin.endAll(account)))
                    .orElse("there is no user " + userNameOrHash + "\n");
        } catch (IllegalArgumentException | UnavailableException e) {
            return e.getMessage() + "\n";
        }
    }

    private static String ended(int number) {
        return number == 1 ? "1 session ended\n" : number + " sessions ended\n";
    }

    private static String table(List<Line> lines) {
        if (lines.isEmpty()) {
            return "no sessions\n";
        }
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, ROW, "session", "user", "kind", "at", "address", "expires (UTC)"));
        for (Line line : lines) {
            text.append(String.format(
                    Locale.ROOT,
                    ROW,
                    line.hash().hex().substring(0, HASH_SHOWN),
                    line.stored().userName(),
                    line.stored().expirable() ? "passing" : "kept",
                    line.workers(),
                    line.stored().clientAddress().getHostAddress(),
                    shown(line.expires())));
        }
        return text.toString();
    }

    private static String shown(Instant time) {
        return TIME.format(time);
    }
}
