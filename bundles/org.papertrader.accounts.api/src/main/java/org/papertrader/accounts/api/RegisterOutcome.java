package org.papertrader.accounts.api;

import org.papertrader.model.Refusal;
import org.papertrader.model.UserName;

/** The answer to a registration. */
public sealed interface RegisterOutcome {
    /** The account is stored. */
    record Registered(UserName userName) implements RegisterOutcome {}

    /** badUserName, badEmail, badPasswordHash, userNameTaken, emailTaken, throttled. */
    record Refused(Refusal refusal) implements RegisterOutcome {}
}
