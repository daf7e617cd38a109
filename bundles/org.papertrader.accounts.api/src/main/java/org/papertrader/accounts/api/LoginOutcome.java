package org.papertrader.accounts.api;

import org.papertrader.model.Refusal;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;

/** The answer to a login. */
public sealed interface LoginOutcome {
    /** The session is active. */
    record LoggedIn(SessionId id, Session session) implements LoginOutcome {}

    /** badCredentials, throttled, thirdPartyLogin, accountLocked, noSession. */
    record Refused(Refusal refusal) implements LoginOutcome {}
}
