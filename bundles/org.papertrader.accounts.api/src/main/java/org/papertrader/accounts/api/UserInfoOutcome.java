package org.papertrader.accounts.api;

import org.papertrader.model.Refusal;
import org.papertrader.model.UserInfo;

/** The answer to a query of a user. */
public sealed interface UserInfoOutcome {
    /** What the caller may see. */
    record Found(UserInfo info) implements UserInfoOutcome {}

    /** unknownUser, noSession. */
    record Refused(Refusal refusal) implements UserInfoOutcome {}
}
