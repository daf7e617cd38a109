package org.papertrader.auth.internal;

import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.storage.api.AccountStore.Selection;

/** What the shell's Tab key offers where a command wants an account or a session. */
@Component(
        service = AccountNames.class,
        property = {"osgi.command.scope=values", "osgi.command.function=account", "osgi.command.function=session"})
public final class AccountNames {
    private static final int HASH_SHOWN = 8;
    private static final int VALUES_MAX = 100;

    private final AuthAdmin admin;

    @Activate
    public AccountNames(@Reference AuthProvider auth) {
        this.admin = auth.admin();
    }

    /** User names that begin with the last of the words. */
    public List<String> account(String... words) {
        return admin.accounts(new Selection(last(words), false, null), VALUES_MAX).stream()
                .map(account -> account.userName().toString())
                .toList();
    }

    /** Hashes of the sessions that were used last. */
    public List<String> session(String... words) {
        return admin.sessions(VALUES_MAX).stream()
                .map(line -> "#" + line.hash().hex().substring(0, HASH_SHOWN))
                .filter(hash -> hash.startsWith(last(words)))
                .toList();
    }

    private static String last(String... words) {
        return Stream.of(words).reduce("", (before, word) -> word);
    }
}
