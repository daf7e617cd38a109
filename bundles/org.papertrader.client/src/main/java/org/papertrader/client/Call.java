package org.papertrader.client;

import java.util.concurrent.CompletableFuture;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;

/** A request until it is answered, over one connection after the other where it may be sent again. */
final class Call {
    final long number;
    final SessionId session;
    final Request request;
    final CompletableFuture<Connection.Reply> reply = new CompletableFuture<>();
    private volatile boolean repeated;

    Call(long number, SessionId session, Request request) {
        this.number = number;
        this.session = session;
        this.request = request;
    }

    /**
     * True when sending it twice does no more than once. Not so for a new account, which would be refused as taken, and
     * for a login by password, which would leave a session that nobody knows.
     */
    boolean isRepeatable() {
        return !(request instanceof Request.Register || request instanceof Request.Login);
    }

    /** It was sent before, and what became of it is not known. */
    void repeat() {
        repeated = true;
    }

    boolean isRepeated() {
        return repeated;
    }

    /** True when a worker that goes refused what another one may do. */
    boolean isForAnother(Connection.Reply answer) {
        if (!(answer instanceof Connection.Reply.Answer value) || !(value.value() instanceof Return.Fail fail)) {
            return false;
        }
        ReasonCode code = fail.refusal().code();
        return code == ReasonCode.MASTER_UNAVAILABLE
                || code == ReasonCode.UNAVAILABLE
                || code == ReasonCode.SHUTTING_DOWN
                || (code == ReasonCode.OUTCOME_UNKNOWN && isRepeatable());
    }

    /** True when the worker has no link to the master. */
    static boolean isWithoutMaster(Connection.Reply answer) {
        return answer instanceof Connection.Reply.Answer value
                && value.value() instanceof Return.Fail fail
                && fail.refusal().code() == ReasonCode.MASTER_UNAVAILABLE;
    }

    /** True when a session is refused because it has ended, for whatever reason. */
    static boolean isEnd(Return.Fail fail) {
        ReasonCode code = fail.refusal().code();
        return code == ReasonCode.NO_SESSION || code == ReasonCode.ACCOUNT_LOCKED;
    }

    /** What the caller gets: a session that a lost logout ended has been logged out. */
    void complete(Connection.Reply answer) {
        boolean ended = repeated
                && request instanceof Request.Logout
                && answer instanceof Connection.Reply.Answer value
                && value.value() instanceof Return.Fail fail
                && isEnd(fail);
        reply.complete(ended ? new Connection.Reply.Answer(new Return.LogoutSuccess()) : answer);
    }
}
