package org.papertrader.auth.internal;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
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
import org.papertrader.shell.text.Words;
import org.papertrader.storage.api.AccountStore.Lock;
import org.papertrader.storage.api.AccountStore.Selection;
import org.papertrader.storage.api.AccountStore.StoredAccount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shell commands of scope {@code accounts}. What they change is in the log under a logger of its own. Without storage
 * they change nothing and say so.
 */
@Component(
        service = AccountsCommands.class,
        property = {
            "osgi.command.scope=accounts",
            "osgi.command.function=list",
            "osgi.command.function=show",
            "osgi.command.function=lock",
            "osgi.command.function=unlock"
        })
public final class AccountsCommands {
    static final int LIMIT_MAX = 1_000;

    private static final Logger AUDIT = LoggerFactory.getLogger("org.papertrader.audit.accounts");
    private static final String LIST = "accounts:list [PREFIX] [--locked] [--after NAME] [--limit NUMBER] [--json]";
    private static final String SHOW = "accounts:show NAME [--json]";
    private static final String LOCK = "accounts:lock NAME [--reason TEXT] --yes";
    private static final String UNLOCK = "accounts:unlock NAME";

    private final AuthAdmin admin;

    @Activate
    public AccountsCommands(@Reference AuthProvider auth) {
        this(auth.admin());
    }

    AccountsCommands(AuthAdmin admin) {
        this.admin = admin;
    }

    /** Lists accounts by name. */
    @Descriptor("lists accounts by name, and which of them are locked")
    public String list(
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("only those that are locked")
                    @Parameter(names = "--locked", presentValue = "true", absentValue = "false")
                    boolean locked,
            @Descriptor("only those behind this name, to go on where a list ended")
                    @Parameter(names = "--after", absentValue = "")
                    String after,
            @Descriptor("how many at most, 1 to 1000") @Parameter(names = "--limit", absentValue = "50") String limit,
            @Descriptor("only those whose names begin so") String... prefix) {
        String begin = Typed.atMostOne(prefix, LIST)
                .map(UserName::new)
                .map(UserName::key)
                .orElse("");
        int most = Typed.number(limit, LIMIT_MAX);
        Selection selection = new Selection(begin, locked, after.isEmpty() ? null : new UserName(after));
        return reading(() -> {
            List<StoredAccount> found = admin.accounts(selection, most + 1);
            List<StoredAccount> shown = found.subList(0, Math.min(most, found.size()));
            boolean more = found.size() > most;
            long all = admin.accounts();
            String last = more ? "; for more: --after " + shown.get(most - 1).userName() : "";
            return new Listing(
                            "accounts",
                            shown.stream().map(AccountsCommands::row).toList(),
                            Set.of("email", "reason"),
                            new Facts().add("all", all).add("more", more),
                            shown.size() + " of " + all + " accounts" + last + "\n")
                    .text(json);
        });
    }

    /** Shows what is known of an account, but for its secrets. */
    @Descriptor("shows one account; never its password or the ids of its sessions")
    public String show(
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("the user's name, in any case") String... name) {
        return with(name, SHOW, account -> facts(account).text(json));
    }

    /** Locks an account. */
    @Descriptor("locks an account: its sessions end everywhere, nobody logs in; its open orders stay")
    public String lock(
            @Descriptor("why, for other operators; its user does not see it")
                    @Parameter(names = "--reason", absentValue = "")
                    String reason,
            @Descriptor("confirms it") @Parameter(names = "--yes", presentValue = "true", absentValue = "false")
                    boolean yes,
            @Descriptor("the user's name, in any case") String... name) {
        String why = Words.printable(reason.strip());
        if (why.length() > Lock.REASON_MAX) {
            throw new Failed("a reason has at most " + Lock.REASON_MAX + " characters");
        }
        return with(name, LOCK, account -> {
            Typed.confirmed(
                    yes,
                    "this ends all " + admin.sessions(account).size() + " sessions of " + account.userName()
                            + " and lets nobody log in to it");
            return audited("lock", account, why, () -> {
                OptionalInt ended = admin.lock(account, why);
                return account.userName() + " is locked; "
                        + (ended.isPresent()
                                ? SessionsCommands.ended(ended.getAsInt())
                                : "its sessions end when the storage is back");
            });
        });
    }

    /** Unlocks an account. */
    @Descriptor("lets an account log in again")
    public String unlock(@Descriptor("the user's name, in any case") String... name) {
        return with(
                name,
                UNLOCK,
                account -> audited(
                        "unlock",
                        account,
                        "",
                        () -> account.userName() + (admin.unlock(account) ? " is unlocked" : " was not locked")));
    }

    private String with(String[] words, String usage, Function<StoredAccount, String> action) {
        UserName name = new UserName(Typed.one(words, usage));
        return reading(
                () -> action.apply(admin.account(name).orElseThrow(() -> new Failed("there is no user " + name))));
    }

    private static String reading(Supplier<String> action) {
        try {
            return action.get();
        } catch (UnavailableException e) {
            throw new Failed("nothing was changed, try again: " + e.getMessage());
        }
    }

    private static String audited(String action, StoredAccount account, String reason, Supplier<String> change) {
        String because = reason.isEmpty() ? "" : ", because: " + reason;
        try {
            String done = change.get();
            AUDIT.info("{} {}: done: {}{}", action, account.userName(), done, because);
            return done + "\n";
        } catch (UnavailableException e) {
            AUDIT.info("{} {}: failed: {}{}", action, account.userName(), e.getMessage(), because);
            throw e;
        }
    }

    private static Facts row(StoredAccount account) {
        Lock lock = account.lock();
        return new Facts()
                .add("account", account.id().value())
                .add("userName", account.userName())
                .add("email", account.email())
                .more("isPassword", account.passHash() != null)
                .more("registered", account.registered())
                .add("locked", lock != null)
                .more("lockedSince", lock == null ? null : lock.since())
                .add("reason", lock == null ? null : lock.reason());
    }

    private Facts facts(StoredAccount account) {
        List<Line> sessions = admin.sessions(account);
        return row(account)
                .add("sessions", sessions.size())
                .add(
                        "lastUsed",
                        sessions.stream()
                                .map(Line::lastUsed)
                                .max(Comparator.naturalOrder())
                                .orElse(null))
                .add("workers", sessions.stream().mapToInt(Line::workers).sum());
    }
}
