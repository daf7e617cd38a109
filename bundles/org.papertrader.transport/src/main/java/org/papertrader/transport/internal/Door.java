package org.papertrader.transport.internal;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the port of one side when it is permitted and configured well, and says what came of it. Thread-safe. */
final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private final Listener listener;
    private final Announcer announcer;
    private @Nullable Endpoint endpoint;
    private @Nullable InetSocketAddress opened;
    private boolean permitted;
    private volatile String where = "not open";

    Door(Listener listener, Announcer announcer) {
        this.listener = listener;
        this.announcer = announcer;
    }

    /** Where it is open, for people. */
    String where() {
        return where;
    }

    /** The side may listen from now on. */
    synchronized void permit() {
        permitted = true;
        open();
    }

    /** Takes a new configuration; a wrong one is fatal. */
    synchronized void configure(TransportConfig config) {
        try {
            endpoint = Endpoint.of(config);
        } catch (IllegalArgumentException e) {
            announcer.fatal(String.valueOf(e.getMessage()));
            return;
        }
        open();
    }

    private void open() {
        Endpoint target = endpoint;
        if (!permitted || target == null || target.address().equals(opened)) {
            return;
        }
        opened = target.address();
        listener.open(target.address()).whenComplete((port, failure) -> {
            if (failure == null) {
                where = target.text(port);
                String who = target.isShared() ? "workers and clients" : "clients";
                LOG.info("listening to {} on {}", who, where);
                announcer.ready(who + " on " + where, port);
            } else {
                String line = target.failure(Failures.unwrap(failure));
                LOG.error("{}", line);
                announcer.fatal(line);
            }
        });
    }
}
