package org.papertrader.link.internal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.papertrader.link.internal.secure.Handshake;
import org.papertrader.link.internal.secure.Loaded;
import org.papertrader.link.internal.secure.MasterHandshake;
import org.papertrader.link.internal.secure.OwnKey;
import org.papertrader.link.internal.secure.PeerKey;
import org.papertrader.transport.api.StreamPeer;
import org.papertrader.workers.api.Workers.Knock;

/** The master's end of a stream: what is cheap is asked first, keys only of those whom the register knows. */
final class MasterStream extends SecureStream {
    private final Gatekeeper gatekeeper;
    private boolean holdsSlot;
    private @Nullable UUID worker;
    private volatile @Nullable Downlink link;

    /** What all streams of a master have in common. */
    record Means(OwnKey own, HandshakeSlots slots, KnownKeys keys, Executor work, LogBudget log) {}

    /** Whom a stream asks and tells. */
    interface Gatekeeper {
        Means means();

        /** Cheap, at once. */
        Knock knock(UUID worker, StreamPeer peer);

        /** The link of a worker that proved to own this key. */
        Downlink link(StreamPeer sealed, UUID worker, PeerKey key);

        /** The stream is gone. */
        void gone(MasterStream stream);
    }

    MasterStream(StreamPeer peer, Gatekeeper gatekeeper) {
        super(peer, new HandshakeReader(Handshake.OPENING), gatekeeper.means().work());
        this.gatekeeper = gatekeeper;
    }

    /** The link, once there is one. Any thread. */
    @Nullable
    Downlink link() {
        return link;
    }

    @Override
    void opened(byte[] opening) {
        Optional<UUID> knocking = Handshake.worker(opening);
        if (knocking.isEmpty()) {
            fail("no link of version " + Handshake.VERSION);
            return;
        }
        UUID candidate = knocking.get();
        worker = candidate;
        Knock knock = gatekeeper.knock(candidate, peer);
        if (knock instanceof Knock.Stranger stranger) {
            fail(stranger.text());
        } else if (knock instanceof Knock.Known known) {
            holdsSlot = gatekeeper.means().slots().tryEnter(peer.remoteAddress());
            if (holdsSlot) {
                begin(() -> handshake(candidate, known.armoredKeys()), made -> ((MasterHandshake) made).challenge());
            } else {
                fail("too many handshakes at a time");
            }
        }
    }

    private Optional<Handshake> handshake(UUID candidate, List<String> armored) {
        List<PeerKey> readable = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String each : armored) {
            Loaded<PeerKey> key = gatekeeper.means().keys().read(each);
            if (key instanceof Loaded.Good<PeerKey> good) {
                readable.add(good.value());
            } else if (key instanceof Loaded.Bad<PeerKey> bad) {
                problems.add(bad.problem());
            }
        }
        if (readable.isEmpty()) {
            peer.execute(() -> fail("no key is registered that can be read: " + String.join("; ", problems)));
            return Optional.empty();
        }
        return Optional.of(new MasterHandshake(
                candidate, gatekeeper.means().own(), readable, Clock.systemUTC(), System::nanoTime));
    }

    @Override
    LinkEnd link(StreamPeer sealed, PeerKey other) {
        UUID proved = worker;
        if (proved == null) {
            throw new IllegalStateException("a handshake without a worker");
        }
        Downlink made = gatekeeper.link(sealed, proved, other);
        link = made;
        return made;
    }

    @Override
    void refused(String why) {
        String who = worker == null ? "a stranger" : "worker " + worker;
        gatekeeper.means().log().warn(who + " at " + peer.remoteAddress().getHostAddress() + " refused: " + why);
    }

    @Override
    void settled() {
        if (holdsSlot) {
            holdsSlot = false;
            gatekeeper.means().slots().leave(peer.remoteAddress());
        }
    }

    @Override
    void gone() {
        gatekeeper.gone(this);
    }
}
