package org.papertrader.shell.ssh.internal;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.auth.AsyncAuthException;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.papertrader.shell.ssh.internal.AuditLog.Who;

/** Lets in who may come, no more than there may be, and writes down who came and went. */
final class Connections implements SessionListener {
    private static final AttributeKey<Long> NUMBER = new AttributeKey<>();
    private static final AttributeKey<String> CREDENTIAL = new AttributeKey<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Credentials credentials;
    private final AuditLog audit;
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    Connections(Credentials credentials, AuditLog audit, int most) {
        this.credentials = credentials;
        this.audit = audit;
        this.most = most;
    }

    /** Who is at the other end, as far as it is known. */
    static Who who(Session session) {
        String address = session.getRemoteAddress() instanceof InetSocketAddress socket
                ? socket.getAddress().getHostAddress() + ":" + socket.getPort()
                : String.valueOf(session.getRemoteAddress());
        return new Who(
                Objects.requireNonNullElse(session.getUsername(), "?"),
                address,
                Objects.requireNonNullElse(session.getAttribute(NUMBER), 0L),
                Objects.requireNonNullElse(session.getAttribute(CREDENTIAL), "nothing"));
    }

    PublickeyAuthenticator byKey() {
        return (user, key, session) -> credentials
                .keyOf(key)
                .map(name -> {
                    session.setAttribute(CREDENTIAL, name);
                    return true;
                })
                .orElse(false);
    }

    PasswordAuthenticator byPassword() {
        return new PasswordAuthenticator() {
            @Override
            public boolean authenticate(String user, String password, ServerSession session) throws AsyncAuthException {
                boolean known = credentials.isPassword(user, password);
                if (known) {
                    session.setAttribute(CREDENTIAL, "password");
                } else {
                    audit.write(
                            new Who(user, who(session).address(), who(session).connection(), "nothing"),
                            "refused",
                            "reason",
                            "wrong password");
                }
                return known;
            }
        };
    }

    @Override
    public void sessionCreated(Session session) {
        session.setAttribute(NUMBER, NUMBERS.incrementAndGet());
        if (open.incrementAndGet() > most) {
            audit.write(who(session), "refused", "reason", "more than " + most + " connections");
            session.close(true);
        }
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event == Event.Authenticated) {
            audit.write(who(session), "login");
        }
    }

    @Override
    public void sessionClosed(Session session) {
        open.decrementAndGet();
        audit.write(
                who(session),
                session.isAuthenticated() ? "logout" : "left",
                "client",
                String.valueOf(session.getClientVersion()));
    }
}
