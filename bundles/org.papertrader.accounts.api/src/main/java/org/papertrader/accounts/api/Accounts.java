package org.papertrader.accounts.api;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.Caller;
import org.papertrader.model.UserName;

/**
 * Registering, logging in and out (MST-6 to MST-10, WRK-5). The master's provider does the work, a worker's is the
 * authorization tunnel; the service property {@code side} tells which. Stages complete on any thread, and exceptionally
 * only with {@code UnavailableException}, {@code BusyException} or a fault.
 */
@ProviderType
public interface Accounts {
    /** Makes an account; of two at once with one name exactly one succeeds. */
    CompletionStage<RegisterOutcome> register(Caller caller, Registration registration);

    /** Logs in by name and hashed password and opens a session. */
    CompletionStage<LoginOutcome> login(Caller caller, Credentials credentials);

    /** Logs in with the caller's session id, which is answered again, always the same (PRO-15). */
    CompletionStage<LoginOutcome> resume(Caller caller);

    /** Ends the caller's session. */
    CompletionStage<LogoutOutcome> logout(Caller caller);

    /** What is known of a user; the private part only to the user's own session (PRO-14). */
    CompletionStage<UserInfoOutcome> userInfo(Caller caller, UserName user);
}
