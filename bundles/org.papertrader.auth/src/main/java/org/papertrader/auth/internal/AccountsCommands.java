package org.papertrader.auth.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.gate.UnavailableException;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.AccountStore.StoredAccount;

/** Shell commands of scope {@code accounts}. */
@Component(
        service = AccountsCommands.class,
        property = {"osgi.command.scope=accounts", "osgi.command.function=show"})
public final class AccountsCommands {
    private final AuthAdmin admin;

    @Activate
    public AccountsCommands(@Reference AuthProvider auth) {
        this(auth.admin());
    }

    AccountsCommands(AuthAdmin admin) {
        this.admin = admin;
    }

    /** Tells how many accounts there are. */
    public String show() {
        try {
            return admin.accounts() + " accounts\n";
        } catch (UnavailableException e) {
            return e.getMessage() + "\n";
        }
    }

    /** Shows the account of a user name. */
    public String show(String userName) {
        try {
            return admin.account(new UserName(userName)).map(this::text).orElse("there is no user " + userName + "\n");
        } catch (IllegalArgumentException | UnavailableException e) {
            return e.getMessage() + "\n";
        }
    }

    private String text(StoredAccount account) {
        return "account    " + account.id()
                + "\nuserName   " + account.userName()
                + "\nemail      " + account.email()
                + "\nisPassword " + (account.passHash() != null)
                + "\nregistered " + account.registered()
                + "\nlocked     " + account.locked()
                + "\nsessions   " + admin.sessions(account).size() + "\n";
    }
}
