package org.papertrader.master.internal;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.papertrader.link.api.LinkPush;
import org.papertrader.model.SessionId;
import org.papertrader.sessions.api.SessionListener;

/** Tells the workers of sessions that ended. */
@Component(service = SessionListener.class, property = "side=master")
public final class SessionPusher extends Pusher implements SessionListener {
    @Override
    public void ended(List<SessionId> sessions) {
        pushEach(sessions, LinkPush.SessionsEnded::new);
    }
}
