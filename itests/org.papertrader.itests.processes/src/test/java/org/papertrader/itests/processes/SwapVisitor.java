package org.papertrader.itests.processes;

import java.time.Duration;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;

/** One who comes and goes: asks the master for a worker, takes up the session again or logs in anew, reads, and leaves. */
final class SwapVisitor implements SwapLoad.SwapClient {
    private static final Symbol AAPL = new Symbol("AAPL");
    /** Logins of one address are limited; all visitors together stay below that. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final int LOGIN_EVERY = 8;

    private final String name;
    private final String password;
    private final SwapLoad load;
    private SessionId session;
    private volatile long rounds;

    /** Makes its account and logs in. */
    SwapVisitor(String name, SwapLoad load) {
        this.name = name;
        this.password = "a password of " + name;
        this.load = load;
        try (BlockingTraderClient client = connect()) {
            load.register(client, name, password);
            load.ask(() -> client.login(name, password, false));
            this.session = client.session();
        }
    }

    @Override
    public void round() throws InterruptedException {
        load.ask(() -> visit(rounds % LOGIN_EVERY == LOGIN_EVERY - 1));
        rounds++;
        load.pause(PAUSE);
    }

    private boolean visit(boolean anew) {
        try (BlockingTraderClient client = connect()) {
            if (anew) {
                client.login(name, password, false);
            } else {
                client.resume(session);
            }
            session = client.session();
            client.quote(AAPL);
            client.ping();
            return client.orders(true).isEmpty();
        }
    }

    private BlockingTraderClient connect() {
        return BlockingTraderClient.connect(load.source, load.options);
    }

    @Override
    public long rounds() {
        return rounds;
    }

    @Override
    public void check() {
        // It holds nothing.
    }

    @Override
    public void close() {
        // Each visit ends by itself.
    }
}
