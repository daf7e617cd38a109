package org.papertrader.auth.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.papertrader.accounts.api.RegisterOutcome;
import org.papertrader.accounts.api.Registration;
import org.papertrader.gate.UnavailableException;
import org.papertrader.model.Caller;
import org.papertrader.model.Email;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.AccountStore.Added;
import org.papertrader.storage.api.AccountStore.NewAccount;
import org.papertrader.storage.api.AccountStore.StoredAccount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registration by name, e-mail and hashed password (MST-6). */
final class SignUp {
    private static final Logger LOG = LoggerFactory.getLogger(SignUp.class);

    private final Stores stores;
    private final PasswordHasher hasher;
    private final AddressThrottle addresses;
    private final Clock clock;

    SignUp(Stores stores, PasswordHasher hasher, AddressThrottle addresses, Clock clock) {
        this.stores = stores;
        this.hasher = hasher;
        this.addresses = addresses;
        this.clock = clock;
    }

    CompletionStage<RegisterOutcome> register(Caller caller, Registration registration) {
        if (!HashedPassShape.isValid(registration.hashedPass())) {
            return refused(Refusal.of(ReasonCode.BAD_PASSWORD_HASH));
        }
        UserName name;
        try {
            name = new UserName(registration.userName());
        } catch (IllegalArgumentException e) {
            return refused(Refusal.of(ReasonCode.BAD_USER_NAME));
        }
        Email email;
        try {
            email = new Email(registration.email());
        } catch (IllegalArgumentException e) {
            return refused(Refusal.of(ReasonCode.BAD_EMAIL));
        }
        Duration wait = addresses.take(caller.clientAddress());
        if (!wait.isZero()) {
            return refused(Login.throttled("Too many tries from this address", wait));
        }
        return add(name, email, registration.hashedPass()).whenComplete((outcome, failure) -> {
            if (failure != null) {
                // Not answered: whoever tries again has not tried twice.
                addresses.giveBack(caller.clientAddress());
            }
        });
    }

    private CompletionStage<RegisterOutcome> add(UserName name, Email email, String hashedPass) {
        return stores.run(() -> stores.accounts(store -> store.find(name))).thenCompose(found -> {
            if (found.isPresent()) {
                return refused(Refusal.of(ReasonCode.USER_NAME_TAKEN));
            }
            return hasher.hash(hashedPass).thenCompose(passHash -> stores.run(() -> stored(name, email, passHash)));
        });
    }

    private RegisterOutcome stored(UserName name, Email email, String passHash) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        Added added;
        try {
            added = stores.accounts(store -> store.add(new NewAccount(name, email, passHash, now)));
        } catch (UnavailableException e) {
            return lookedUp(name, passHash, e);
        }
        if (added instanceof Added.Ok ok) {
            LOG.info("{} registered as account {}", name, ok.id());
            return new RegisterOutcome.Registered(name);
        }
        ReasonCode code = added instanceof Added.EmailTaken ? ReasonCode.EMAIL_TAKEN : ReasonCode.USER_NAME_TAKEN;
        return new RegisterOutcome.Refused(Refusal.of(code));
    }

    /** The storage failed in the middle: the fresh hash tells whether the account is the one to be added. */
    private RegisterOutcome lookedUp(UserName name, String passHash, UnavailableException failure) {
        Optional<StoredAccount> found = stores.accounts(store -> store.find(name));
        if (found.isPresent() && passHash.equals(found.get().passHash())) {
            return new RegisterOutcome.Registered(name);
        }
        throw failure;
    }

    private static CompletionStage<RegisterOutcome> refused(Refusal refusal) {
        return CompletableFuture.completedFuture(new RegisterOutcome.Refused(refusal));
    }
}
