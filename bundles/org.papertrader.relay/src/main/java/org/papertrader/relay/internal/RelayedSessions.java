package org.papertrader.relay.internal;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.model.Caller;
import org.papertrader.sessions.api.SessionCheck;
import org.papertrader.sessions.api.Sessions;

/** Asks the master about sessions. */
@Component(service = Sessions.class, property = "side=worker")
public final class RelayedSessions implements Sessions {
    private final MasterCalls master;

    @Activate
    public RelayedSessions(@Reference MasterCalls master) {
        this.master = master;
    }

    @Override
    public CompletionStage<SessionCheck> check(Caller caller) {
        return Replies.<SessionCheck>settle(
                master.send(new LinkRequest(caller, new LinkRequest.Call.CheckSession())),
                reply -> reply instanceof LinkReply.ActiveSession active
                        ? Optional.of(new SessionCheck.Active(active.session()))
                        : Optional.empty(),
                SessionCheck.Inactive::new);
    }
}
