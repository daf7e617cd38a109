package org.papertrader.shell.ssh.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.config.keys.KeyUtils;
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
    private static final AttributeKey<String> CLAIMED = new AttributeKey<>();

    /** How many may be about to log in; one more ends the one that has taken longest. */
    static final int ARRIVING_MAX = 50;

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Credentials credentials;
    private final AuditLog audit;
    private final int most;
    private final Set<Session> arriving = new LinkedHashSet<>();
    private final Set<Session> loggedIn = new HashSet<>();

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
                user(session),
                address,
                Objects.requireNonNullElse(session.getAttribute(NUMBER), 0L),
                Objects.requireNonNullElse(session.getAttribute(CREDENTIAL), "nothing"));
    }

    private static String user(Session session) {
        String user = session.getUsername();
        return Objects.requireNonNullElse(user == null ? session.getAttribute(CLAIMED) : user, "?");
    }

    PublickeyAuthenticator byKey() {
        return (user, key, session) -> {
            Optional<String> name = credentials.keyOf(key);
            name.ifPresentOrElse(
                    known -> session.setAttribute(CREDENTIAL, known),
                    () -> refuse(session, user, "unknown key", "key", KeyUtils.getFingerPrint(key)));
            return name.isPresent();
        };
    }

    private void refuse(Session session, String user, String reason, String... more) {
        session.setAttribute(CLAIMED, user);
        Who who = new Who(user, who(session).address(), who(session).connection(), "nothing");
        String[] all =
                Stream.concat(Stream.of("reason", reason), Stream.of(more)).toArray(String[]::new);
        audit.write(who, "refused", all);
    }

    PasswordAuthenticator byPassword() {
        return new PasswordAuthenticator() {
            @Override
            public boolean authenticate(String user, String password, ServerSession session) throws AsyncAuthException {
                boolean known = credentials.isPassword(user, password);
                if (known) {
                    session.setAttribute(CREDENTIAL, "password");
                } else {
                    refuse(session, user, "wrong password");
                }
                return known;
            }
        };
    }

    @Override
    public void sessionCreated(Session session) {
        session.setAttribute(NUMBER, NUMBERS.incrementAndGet());
        Session slowest = null;
        synchronized (this) {
            arriving.add(session);
            if (arriving.size() > ARRIVING_MAX) {
                slowest = arriving.iterator().next();
                arriving.remove(slowest);
            }
        }
        if (slowest != null) {
            audit.write(who(slowest), "refused", "reason", "more than " + ARRIVING_MAX + " wait to log in");
            slowest.close(true);
        }
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event == Event.Authenticated) {
            if (isOneTooMany(session)) {
                String reason = "more than " + most + " connections";
                audit.write(who(session), "refused", "reason", reason);
                end(session, reason);
            } else {
                audit.write(who(session), "login");
            }
        }
    }

    private synchronized boolean isOneTooMany(Session session) {
        arriving.remove(session);
        return loggedIn.size() >= most || !loggedIn.add(session);
    }

    private static void end(Session session, String reason) {
        try {
            session.disconnect(SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS, reason);
        } catch (IOException gone) {
            session.close(true);
        }
    }

    @Override
    public void sessionClosed(Session session) {
        boolean was;
        synchronized (this) {
            arriving.remove(session);
            was = loggedIn.remove(session);
        }
        audit.write(who(session), was ? "logout" : "left", "client", String.valueOf(session.getClientVersion()));
    }
}
