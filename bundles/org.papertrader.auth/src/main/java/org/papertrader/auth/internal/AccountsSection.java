package org.papertrader.auth.internal;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the shell's {@code status} shows of accounts and sessions. */
@Component(
        service = AccountsSection.class,
        property = {"osgi.command.scope=status", "osgi.command.function=accounts", "osgi.command.function=sessions"})
public final class AccountsSection {
    private final AuthAdmin admin;

    @Activate
    public AccountsSection(@Reference AuthProvider auth) {
        this(auth.admin());
    }

    AccountsSection(AuthAdmin admin) {
        this.admin = admin;
    }

    /** How many accounts are stored. */
    public Map<String, Object> accounts() {
        return Map.of("registered", admin.accounts());
    }

    /** How many sessions are in memory. */
    public Map<String, Object> sessions() {
        return Map.of("inMemory", admin.liveSessions());
    }
}
