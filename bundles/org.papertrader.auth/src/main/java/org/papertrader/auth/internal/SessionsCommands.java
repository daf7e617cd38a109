package org.papertrader.auth.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.auth.internal.AuthAdmin.Line;
import org.papertrader.gate.UnavailableException;
import org.papertrader.model.UserName;
import org.papertrader.shell.text.Facts;
import org.papertrader.shell.text.Failed;
import org.papertrader.shell.text.Listing;
import org.papertrader.shell.text.Typed;
import org.papertrader.storage.api.AccountStore.StoredAccount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shell commands of scope {@code sessions}: lists of at most 80 columns, and ending. */
@Component(
        service = SessionsCommands.class,
        property = {"osgi.command.scope=sessions", "osgi.command.function=list", "osgi.command.function=end"})
public final class SessionsCommands {
    static final int LIMIT_MAX = 1_000;

    private static final Logger AUDIT = LoggerFactory.getLogger("org.papertrader.audit.accounts");
    private static final int HASH_SHOWN = 8;
    private static final Pattern HASH = Pattern.compile("#[0-9a-f]{8,64}");
    private static final String LIST = "sessions:list [NAME] [--limit NUMBER] [--json]";
    private static final String END = "sessions:end NAME_OR_'#HASH'";

    private final AuthAdmin admin;

    @Activate
    public SessionsCommands(@Reference AuthProvider auth) {
        this(auth.admin());
    }

    SessionsCommands(AuthAdmin admin) {
        this.admin = admin;
    }

    /** Lists the sessions in memory, last used first, or all of a user, oldest first. */
    @Descriptor("lists the sessions in memory, last used first, or all of one user, oldest first")
    public String list(
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("how many at most, 1 to 1000") @Parameter(names = "--limit", absentValue = "100") String limit,
            @Descriptor("the user's name") String... name) {
        Optional<String> user = Typed.atMostOne(name, LIST);
        int most = Typed.number(limit, LIMIT_MAX);
        return reading(() -> {
            List<Line> lines = user.isPresent() ? admin.sessions(account(user.get())) : admin.sessions(most);
            int all = user.isPresent() ? lines.size() : admin.liveSessions();
            List<Facts> rows =
                    lines.stream().limit(most).map(SessionsCommands::row).toList();
            return new Listing(
                            "sessions",
                            rows,
                            Set.of("address", "userName"),
                            new Facts().add("all", all),
                            rows.size() + " of " + all + (user.isPresent() ? " sessions\n" : " sessions in memory\n"))
                    .text(json);
        });
    }

    /** Ends all sessions of a user, or the one of a {@code #hash} as the list shows it. */
    @Descriptor("ends all sessions of a user, or one; the shell asks before, --yes answers")
    public String end(@Descriptor("the user's name, or a #hash as sessions:list shows it") String... nameOrHash) {
        String which = Typed.one(nameOrHash, END);
        return reading(() -> {
            if (HASH.matcher(which).matches()) {
                return audited(which, () -> admin.end(which.substring(1)));
            }
            StoredAccount account = account(which);
            return audited(which, () -> admin.endAll(account));
        });
    }

    private static String audited(String which, IntSupplier change) {
        try {
            String done = ended(change.getAsInt());
            AUDIT.info("end sessions of {}: done: {}", which, done);
            return done + "\n";
        } catch (UnavailableException e) {
            AUDIT.info("end sessions of {}: failed: {}", which, e.getMessage());
            throw e;
        }
    }

    static String ended(int number) {
        return number == 1 ? "1 session ended" : number + " sessions ended";
    }

    private StoredAccount account(String userName) {
        UserName name = new UserName(userName);
        return admin.account(name).orElseThrow(() -> new Failed("there is no user " + name));
    }

    private static String reading(Supplier<String> action) {
        try {
            return action.get();
        } catch (UnavailableException e) {
            throw new Failed("try again: " + e.getMessage());
        }
    }

    private static Facts row(Line line) {
        return new Facts()
                .add("session", "#" + line.hash().hex().substring(0, HASH_SHOWN))
                .add("userName", line.stored().userName())
                .add("kind", line.stored().expirable() ? "passing" : "kept")
                .add("workers", line.workers())
                .add("address", line.stored().clientAddress().getHostAddress())
                .more("created", line.stored().created())
                .more("lastUsed", line.lastUsed())
                .add("expires", line.expires());
    }
}
