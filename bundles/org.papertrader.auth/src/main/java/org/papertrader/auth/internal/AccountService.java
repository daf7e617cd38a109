package org.papertrader.auth.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.papertrader.accounts.api.Accounts;
import org.papertrader.accounts.api.Credentials;
import org.papertrader.accounts.api.LoginOutcome;
import org.papertrader.accounts.api.LogoutOutcome;
import org.papertrader.accounts.api.RegisterOutcome;
import org.papertrader.accounts.api.Registration;
import org.papertrader.accounts.api.UserInfoOutcome;
import org.papertrader.model.Caller;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Session;
import org.papertrader.model.UserInfo;
import org.papertrader.model.UserName;
import org.papertrader.sessions.api.SessionCheck;
import org.papertrader.sessions.api.Sessions;
import org.papertrader.storage.api.AccountStore.StoredAccount;
import org.papertrader.storage.api.SessionHash;

/** Accounts out of the stores; see {@link Login} and {@link SignUp} for the two long ways in. */
final class AccountService implements Accounts {
    private final Stores stores;
    private final Sessions sessions;
    private final SessionRegistry registry;
    private final Login login;
    private final SignUp signUp;

    AccountService(Stores stores, Sessions sessions, SessionRegistry registry, Login login, SignUp signUp) {
        this.stores = stores;
        this.sessions = sessions;
        this.registry = registry;
        this.login = login;
        this.signUp = signUp;
    }

    @Override
    public CompletionStage<RegisterOutcome> register(Caller caller, Registration registration) {
        return signUp.register(caller, registration);
    }

    @Override
    public CompletionStage<LoginOutcome> login(Caller caller, Credentials credentials) {
        return login.login(caller, credentials);
    }

    @Override
    public CompletionStage<LoginOutcome> resume(Caller caller) {
        return sessions.check(caller).thenCompose(check -> {
            if (check instanceof SessionCheck.Active active) {
                return stores.run(() -> resumed(caller, active.session()));
            }
            return CompletableFuture.completedFuture(
                    new LoginOutcome.Refused(((SessionCheck.Inactive) check).refusal()));
        });
    }

    private LoginOutcome resumed(Caller caller, Session session) {
        boolean locked = stores.accounts(store -> store.find(session.account()))
                .map(StoredAccount::locked)
                .orElse(true);
        if (locked) {
            registry.end(List.of(SessionHash.of(caller.session())));
            return new LoginOutcome.Refused(Refusal.of(ReasonCode.ACCOUNT_LOCKED));
        }
        return new LoginOutcome.LoggedIn(caller.session(), session);
    }

    @Override
    public CompletionStage<LogoutOutcome> logout(Caller caller) {
        return sessions.check(caller).thenCompose(check -> {
            if (check instanceof SessionCheck.Inactive inactive) {
                return CompletableFuture.completedFuture(new LogoutOutcome.Refused(inactive.refusal()));
            }
            return stores.run(() -> {
                registry.end(List.of(SessionHash.of(caller.session())));
                return new LogoutOutcome.LoggedOut();
            });
        });
    }

    @Override
    public CompletionStage<UserInfoOutcome> userInfo(Caller caller, UserName user) {
        return sessions.check(caller).thenCompose(check -> {
            if (check instanceof SessionCheck.Active active) {
                return stores.run(() -> info(active.session(), user));
            }
            return CompletableFuture.completedFuture(
                    new UserInfoOutcome.Refused(((SessionCheck.Inactive) check).refusal()));
        });
    }

    private UserInfoOutcome info(Session session, UserName user) {
        Optional<StoredAccount> found = stores.accounts(store -> store.find(user));
        if (found.isEmpty()) {
            return new UserInfoOutcome.Refused(Refusal.of(ReasonCode.UNKNOWN_USER));
        }
        StoredAccount account = found.get();
        // Until a password can be added to such an account, one without a password is one of a third party's.
        boolean isPassword = account.passHash() != null;
        UserInfo.Personal personal = account.id().equals(session.account())
                ? new UserInfo.Personal(account.email(), isPassword, !isPassword)
                : null;
        return new UserInfoOutcome.Found(new UserInfo(account.userName(), account.registered(), personal));
    }
}
