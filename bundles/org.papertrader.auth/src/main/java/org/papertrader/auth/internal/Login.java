package org.papertrader.auth.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.papertrader.accounts.api.Credentials;
import org.papertrader.accounts.api.LoginOutcome;
import org.papertrader.auth.internal.AuthSettings.SessionLimits;
import org.papertrader.auth.internal.LoginThrottle.Verdict;
import org.papertrader.gate.BusyException;
import org.papertrader.model.Caller;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.AccountStore.StoredAccount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Login by name and hashed password (MST-7, MST-8). Whether a name is unknown, has no password or has another password
 * costs the same work; the first and the last also get the same answer.
 */
final class Login {
    private static final Logger LOG = LoggerFactory.getLogger(Login.class);

    private final Stores stores;
    private final SessionRegistry registry;
    private final PasswordHasher hasher;
    private final Throttles throttles;
    private final Supplier<SessionLimits> limits;

    /** What slows down guessing. */
    record Throttles(LoginThrottle names, AddressThrottle addresses) {}

    Login(
            Stores stores,
            SessionRegistry registry,
            PasswordHasher hasher,
            Throttles throttles,
            Supplier<SessionLimits> limits) {
        this.stores = stores;
        this.registry = registry;
        this.hasher = hasher;
        this.throttles = throttles;
        this.limits = limits;
    }

    CompletionStage<LoginOutcome> login(Caller caller, Credentials credentials) {
        if (!HashedPassShape.isValid(credentials.hashedPass())) {
            return refused(Refusal.of(ReasonCode.BAD_PASSWORD_HASH));
        }
        Duration wait = throttles.addresses().take(caller.clientAddress());
        if (!wait.isZero()) {
            return refused(throttled("Too many tries from this address", wait));
        }
        UserName name;
        try {
            name = new UserName(credentials.userName());
        } catch (IllegalArgumentException e) {
            // The rules of names are public: nobody learns anything from the missing work.
            return refused(Refusal.of(ReasonCode.BAD_CREDENTIALS));
        }
        CompletableFuture<LoginOutcome> result = new CompletableFuture<>();
        begin(caller, name, credentials, result);
        return result;
    }

    private void begin(Caller caller, UserName name, Credentials credentials, CompletableFuture<LoginOutcome> result) {
        Verdict verdict = throttles.names().begin(name.key(), () -> begin(caller, name, credentials, result));
        if (verdict instanceof Verdict.Later later) {
            result.complete(new LoginOutcome.Refused(throttled("Too many failed logins", later.delay())));
        } else if (verdict instanceof Verdict.Busy) {
            throttles.addresses().giveBack(caller.clientAddress());
            result.completeExceptionally(new BusyException("logins of one user"));
        } else if (verdict instanceof Verdict.Go) {
            attempt(caller, name, credentials).whenComplete((outcome, failure) -> {
                settle(caller, name, outcome);
                if (failure == null) {
                    result.complete(outcome);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        }
    }

    private CompletionStage<LoginOutcome> attempt(Caller caller, UserName name, Credentials credentials) {
        return stores.run(() -> stores.accounts(store -> store.find(name)))
                .thenCompose(found -> hasher.verify(passHash(found), credentials.hashedPass())
                        .thenCompose(right -> decide(caller, credentials, found, right)));
    }

    private static @Nullable String passHash(Optional<StoredAccount> found) {
        return found.isPresent() ? found.get().passHash() : null;
    }

    private CompletionStage<LoginOutcome> decide(
            Caller caller, Credentials credentials, Optional<StoredAccount> found, boolean right) {
        if (found.isPresent() && found.get().passHash() == null) {
            return refused(Refusal.of(ReasonCode.THIRD_PARTY_LOGIN));
        }
        if (found.isEmpty() || !right) {
            return refused(Refusal.of(ReasonCode.BAD_CREDENTIALS));
        }
        StoredAccount account = found.get();
        if (account.locked()) {
            return refused(Refusal.of(ReasonCode.ACCOUNT_LOCKED));
        }
        return stores.run(() -> {
            LiveSession session = registry.open(account, credentials.expirable(), caller.clientAddress());
            if (session == null) {
                return new LoginOutcome.Refused(Refusal.of(ReasonCode.ACCOUNT_LOCKED));
            }
            LOG.info(
                    "{} logged in from {}",
                    account.userName(),
                    caller.clientAddress().getHostAddress());
            rehash(account, credentials.hashedPass());
            return new LoginOutcome.LoggedIn(session.id(), session.toSession(limits.get()));
        });
    }

    /** Stores a hash of the present cost; the user does not wait for it. When it fails, the next login tries again. */
    private void rehash(StoredAccount account, String hashedPass) {
        String old = account.passHash();
        if (old == null || !hasher.isOutdated(old)) {
            return;
        }
        hasher.hash(hashedPass)
                .thenCompose(fresh ->
                        stores.run(() -> stores.accounts(store -> store.replacePassHash(account.id(), old, fresh))))
                .whenComplete((replaced, failure) -> {
                    if (failure == null) {
                        LOG.info("the password hash of {} was raised to the present cost", account.userName());
                    }
                });
    }

    private void settle(Caller caller, UserName name, @Nullable LoginOutcome outcome) {
        if (outcome instanceof LoginOutcome.LoggedIn || outcome == null) {
            // Honest, or not answered at all: nothing was guessed.
            throttles.addresses().giveBack(caller.clientAddress());
        }
        if (outcome instanceof LoginOutcome.LoggedIn) {
            throttles.names().succeeded(name.key());
        } else if (outcome instanceof LoginOutcome.Refused no && no.refusal().code() != ReasonCode.ACCOUNT_LOCKED) {
            throttles.names().failed(name.key());
        } else {
            throttles.names().undecided(name.key());
        }
    }

    static Refusal throttled(String what, Duration wait) {
        return Refusal.of(ReasonCode.THROTTLED, what + "; try again in " + wait.toSeconds() + " s.");
    }

    private static CompletionStage<LoginOutcome> refused(Refusal refusal) {
        return CompletableFuture.completedFuture(new LoginOutcome.Refused(refusal));
    }
}
