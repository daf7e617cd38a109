package org.papertrader.link.internal;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.papertrader.link.internal.secure.PeerKey;
import org.papertrader.link.internal.secure.WorkerHandshake;
import org.papertrader.transport.api.StreamPeer;

/** The worker's end of a stream. */
final class WorkerStream extends SecureStream {
    private final Owner owner;
    private volatile @Nullable Uplink link;

    /** Whom a stream asks and tells, on its loop. */
    interface Owner {
        /** The master proved to be the one that this worker knows. */
        Uplink link(StreamPeer sealed);

        /** There will be no link. */
        void refused(String why);
    }

    WorkerStream(StreamPeer peer, Executor work, Owner owner) {
        super(peer, new HandshakeReader(0), work);
        this.owner = owner;
    }

    /** Says who knocks. */
    void start(WorkerHandshake handshake) {
        begin(() -> Optional.of(handshake), made -> handshake.opening());
    }

    /** The link, once there is one. Any thread. */
    @Nullable
    Uplink link() {
        return link;
    }

    @Override
    void opened(byte[] opening) {
        fail("the master speaks first");
    }

    @Override
    LinkEnd link(StreamPeer sealed, PeerKey other) {
        Uplink made = owner.link(sealed);
        link = made;
        made.begin();
        return made;
    }

    @Override
    void refused(String why) {
        owner.refused(why);
    }

    @Override
    void settled() {}

    @Override
    void gone() {}
}
