package org.papertrader.client;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.WorkerServer;

/** To which servers a client may connect. */
interface Route {
    /** Makes a connection that can be used. */
    @FunctionalInterface
    interface Attempt {
        /** Throws {@link ConnectionLostException} or {@link UntrustedServerException} when there is none. */
        Connection at(ServerAddress server, ServerTrust trust);
    }

    /** True when another server may take over. */
    boolean isRoaming();

    /** The list of workers came. */
    void told(List<WorkerServer> workers);

    /**
     * Whether a server that says that it has no master is alone with that: the master can be reached, and lists others.
     * Blocks.
     */
    boolean isStranded(ServerAddress server);

    /**
     * The first connection that can be had.
     *
     * @param left the server that was left last, which is tried after the others; null at the client's beginning
     * @param again whether it was looked for in vain since it was left
     * @throws ConnectionLostException when there is none
     * @throws UntrustedServerException when there is none, and the last one was not trusted
     */
    Connection take(@Nullable ServerAddress left, boolean again, Attempt attempt);

    /** One server and no other. */
    static Route only(ServerAddress server, ServerTrust trust) {
        return new Route() {
            @Override
            public boolean isRoaming() {
                return false;
            }

            @Override
            public void told(List<WorkerServer> workers) {
                // They do not matter: whoever names one server means that one.
            }

            @Override
            public boolean isStranded(ServerAddress asked) {
                return false;
            }

            @Override
            public Connection take(@Nullable ServerAddress left, boolean again, Attempt attempt) {
                return attempt.at(server, trust);
            }
        };
    }
}
