package org.papertrader.auth.internal;

import java.security.SecureRandom;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hashes and verifies on threads of its own, so that a flood of logins can use no more than these (MST-10). */
final class PasswordHasher {
    static final int THREADS = 2;
    /** Waiting hashes: about as many as are done within the time that a lease may last. */
    static final int QUEUE_MAX = 64;

    private static final Logger LOG = LoggerFactory.getLogger(PasswordHasher.class);

    private final WorkPool pool;
    private final Supplier<Argon2Cost> cost;
    private final SecureRandom random;

    /** @param cost the cost of new hashes, asked for each time */
    PasswordHasher(WorkPool pool, Supplier<Argon2Cost> cost, SecureRandom random) {
        this.pool = pool;
        this.cost = cost;
        this.random = random;
    }

    /** The PHC form of the secret's hash at the present cost. */
    CompletionStage<String> hash(String secret) {
        return pool.run(() -> Argon2Hash.of(secret, cost.get(), random).toPhc());
    }

    /**
     * True when the secret is the hashed one. Without a hash the same work is done on a dummy, so that the time tells
     * nobody whether an account exists or has a password.
     */
    CompletionStage<Boolean> verify(@Nullable String phc, String secret) {
        return pool.run(() -> parsed(phc).matches(secret));
    }

    /** True when the stored hash is cheaper than the present cost. */
    boolean isOutdated(String phc) {
        return Argon2Hash.parse(phc)
                .map(hash -> hash.cost().isBelow(cost.get()))
                .orElse(false);
    }

    private Argon2Hash parsed(@Nullable String phc) {
        if (phc == null) {
            return Argon2Hash.dummy(cost.get(), random);
        }
        return Argon2Hash.parse(phc).orElseGet(() -> {
            LOG.error("a stored password hash is unreadable; its user cannot log in");
            return Argon2Hash.dummy(cost.get(), random);
        });
    }
}
