package org.papertrader.accounts.api;

import org.papertrader.model.Refusal;

/** The answer to a logout. */
public sealed interface LogoutOutcome {
    /** The session has ended, here and, within a second, at every worker. */
    record LoggedOut() implements LogoutOutcome {}

    /** noSession. */
    record Refused(Refusal refusal) implements LogoutOutcome {}
}
