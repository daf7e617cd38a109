package org.papertrader.transport.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the port of one side when it is permitted, configured well and has its certificate, and says what came of it.
 * Thread-safe.
 */
final class Door implements PortCertificate.Events {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final Listener listener;
    private final Announcer announcer;
    private final PortCertificate certificate;
    private @Nullable Endpoint endpoint;
    private @Nullable Endpoint opened;
    private boolean permitted;
    private volatile String where = "not open";
    private volatile boolean listening;

    Door(String side, Listener listener, ScheduledExecutorService threads, Announcer announcer) {
        this.listener = listener;
        this.announcer = announcer;
        this.certificate = new PortCertificate(side, threads, Clock.systemUTC(), LOOK_EVERY, this);
    }

    /** Whether it is open. */
    boolean isOpen() {
        return listening;
    }

    /** Where it is open, for people. */
    String where() {
        return where;
    }

    /** The certificate in use, if there is one. */
    @Nullable
    Credential credential() {
        return certificate.credential();
    }

    /** The side may listen from now on. */
    synchronized void permit() {
        permitted = true;
        open();
    }

    /** Takes a new configuration; a wrong one is fatal. */
    synchronized void configure(TransportConfig config) {
        Endpoint target;
        try {
            target = Endpoint.of(config);
        } catch (IllegalArgumentException e) {
            announcer.fatal(String.valueOf(e.getMessage()));
            return;
        }
        boolean wasPlain = endpoint != null && !endpoint.isTls();
        endpoint = target;
        certificate.use(target.certificate());
        if (!target.isTls() && !wasPlain) {
            announcer.identity("");
        }
        listener.prepare();
        open();
    }

    @Override
    public synchronized void loaded(Credential credential) {
        if (endpoint != null && endpoint.isTls()) {
            announcer.identity(credential.fingerprint());
            open();
        }
    }

    @Override
    public void failed(String line) {
        announcer.fatal(line);
    }

    /** Looks after the certificate no longer. */
    void close() {
        certificate.close();
    }

    private void open() {
        Endpoint target = endpoint;
        if (!permitted || target == null || isOpen(target)) {
            return;
        }
        Credential credential = target.isTls() ? certificate.credential() : null;
        if (target.isTls() && credential == null) {
            return;
        }
        opened = target;
        String security = credential == null ? "" : ", certificate SHA-256 " + credential.fingerprint();
        listener.open(target.address(), target.isTls() ? certificate : null).whenComplete((port, failure) -> {
            if (failure == null) {
                where = target.text(port);
                listening = true;
                String who = target.isShared() ? "workers and clients" : "clients";
                LOG.info("listening to {} on {} {}", who, where, credential == null ? "without TLS" : "with TLS");
                announcer.ready(who + " on " + where + security, port);
            } else {
                listening = false;
                String line = target.failure(Failures.unwrap(failure));
                LOG.error("{}", line);
                announcer.fatal(line);
            }
        });
    }

    private boolean isOpen(Endpoint target) {
        return opened != null && target.address().equals(opened.address()) && target.isTls() == opened.isTls();
    }
}
