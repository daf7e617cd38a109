package org.papertrader.sessions.api;

import org.papertrader.model.Refusal;
import org.papertrader.model.Session;

/** Whether a session is active. */
public sealed interface SessionCheck {
    /** It is. */
    record Active(Session session) implements SessionCheck {}

    /** It is not: noSession, accountLocked. */
    record Inactive(Refusal refusal) implements SessionCheck {}
}
