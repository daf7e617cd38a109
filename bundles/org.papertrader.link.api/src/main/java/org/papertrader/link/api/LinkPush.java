package org.papertrader.link.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.papertrader.model.AccountId;
import org.papertrader.model.Asset;
import org.papertrader.model.Refusal;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.Return;
import org.papertrader.protocol.api.ServerInfo;

/** What the master tells its workers unasked. */
public sealed interface LinkPush {
    /**
     * The market, on connecting and after each interval.
     *
     * @param info realm, currency and market time, interval and source; role and limits are the worker's own
     * @param source the preferred source of values, empty while there is none
     * @param changed assets whose values changed, at most 10,000
     */
    record Market(ServerInfo info, String source, List<Asset> changed) implements LinkPush {
        public Market {
            changed = List.copyOf(changed);
        }
    }

    /** These sessions are active no more. */
    record SessionsEnded(List<SessionId> sessions) implements LinkPush {
        public SessionsEnded {
            sessions = List.copyOf(sessions);
        }
    }

    /** Notices for the subscribed clients of accounts. */
    record Notices(List<AccountNotice> notices) implements LinkPush {
        public Notices {
            notices = List.copyOf(notices);
        }
    }

    /** A notice for the clients of one account. */
    record AccountNotice(AccountId account, Return notice) {}

    /** The workers that clients may connect to, on connecting and at each change. */
    record WorkerList(Return.Workers workers) implements LinkPush {}

    /**
     * The master asks how the worker is (MST-19); it answers at once by {@link MasterLink#tell}.
     *
     * @param asked the master's wall clock, sent back with the answer: the clocks are compared by it
     */
    record StatusAsked(Instant asked) implements LinkPush {}

    /**
     * The worker is booted off (MST-21): it tells its clients to go to another one and takes no new ones, until its next
     * link is up.
     *
     * @param reason for the clients
     * @param grace time after which it closes the connections that are left, at most an hour
     */
    record MoveClients(Refusal reason, Duration grace) implements LinkPush {}
}
