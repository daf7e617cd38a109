package org.papertrader.link.internal;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.papertrader.link.internal.secure.Handshake;
import org.papertrader.link.internal.secure.Handshake.Step;
import org.papertrader.link.internal.secure.PeerKey;
import org.papertrader.link.internal.secure.SecureSession;
import org.papertrader.transport.api.StreamHandler;
import org.papertrader.transport.api.StreamPeer;

/**
 * A stream from its first byte: a handshake within its deadline, then a link in which every byte is sealed. What costs
 * computing runs elsewhere, one message at a time: whoever speaks before it is answered is cut off. Belongs to the loop.
 */
abstract class SecureStream implements StreamHandler {
    /** A handshake that takes longer is given up. */
    static final Duration DEADLINE = Duration.ofSeconds(5);

    final StreamPeer peer;
    private final Executor work;
    private final HandshakeReader reader;
    private final long begun = System.nanoTime();
    private @Nullable Handshake handshake;
    private @Nullable SecureSession session;
    private @Nullable LinkEnd link;
    private Optional<Instant> expires = Optional.empty();
    private boolean working;
    private boolean over;

    /** @param work runs what costs computing; may reject it */
    SecureStream(StreamPeer peer, HandshakeReader reader, Executor work) {
        this.peer = peer;
        this.reader = reader;
        this.work = work;
    }

    /** A first message without handshake; the stream goes on with {@link #begin} or {@link #fail}. */
    abstract void opened(byte[] opening);

    /** Both ends have proved who they are: what speaks over the stream from now on. */
    abstract LinkEnd link(StreamPeer sealed, PeerKey other);

    /** There will be no link, and why; the stream is being closed. Called at most once. */
    abstract void refused(String why);

    /** The handshake is over, well or not. Called once. */
    abstract void settled();

    /** The stream is gone. Called once, last. */
    abstract void gone();

    /** Makes the handshake elsewhere, sends its first word, then listens; nothing made means that the stream has failed. */
    void begin(Supplier<Optional<Handshake>> maker, Function<Handshake, byte[]> firstWord) {
        working = true;
        elsewhere(() -> {
            Optional<Handshake> made = maker.get();
            peer.execute(() -> made.ifPresent(begun -> {
                working = false;
                handshake = begun;
                if (!over) {
                    peer.send(ByteBuffer.wrap(firstWord.apply(begun)));
                }
            }));
        });
    }

    private void elsewhere(Runnable task) {
        try {
            work.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    // Keys and messages are foreign, and their library throws almost anything: the stream ends here.
                    peer.execute(() -> fail("the handshake failed: " + e));
                }
            });
        } catch (RejectedExecutionException e) {
            fail("too many handshakes at a time");
        }
    }

    @Override
    public void received(ByteBuffer bytes) {
        if (link != null) {
            open(bytes, link);
            return;
        }
        try {
            while (bytes.hasRemaining() && !over) {
                if (working) {
                    throw new BadRecord("it speaks before it is answered");
                }
                byte[] message = reader.next(bytes);
                if (message != null) {
                    heard(message);
                }
            }
        } catch (BadRecord e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private void heard(byte[] message) {
        Handshake speaking = handshake;
        if (speaking == null) {
            opened(message);
            return;
        }
        working = true;
        elsewhere(() -> {
            Step step = speaking.take(message);
            peer.execute(() -> next(step));
        });
    }

    private void next(Step step) {
        working = false;
        if (over) {
            return;
        }
        if (step instanceof Step.Reply reply) {
            peer.send(ByteBuffer.wrap(reply.message()));
        } else if (step instanceof Step.Established established) {
            establish(established);
        } else if (step instanceof Step.Refuse refuse) {
            if (refuse.message().length > 0) {
                peer.send(ByteBuffer.wrap(refuse.message()));
            }
            fail(refuse.why());
        }
    }

    private void establish(Step.Established established) {
        if (established.message().length > 0) {
            peer.send(ByteBuffer.wrap(established.message()));
        }
        session = established.session();
        expires = session.peer().expires(Instant.now());
        link = link(new SealedPeer(peer, session.sealer()), session.peer());
        settled();
    }

    private void open(ByteBuffer bytes, LinkEnd to) {
        if (session != null && !over) {
            session.opener().open(bytes, to::received).ifPresent(why -> {
                over = true;
                to.broken(why);
            });
        }
    }

    /** Ends a stream that is no link yet. */
    void fail(String why) {
        if (!over && link == null) {
            over = true;
            refused(why);
            settled();
            // Its own task: a last word that was sent before leaves first.
            peer.execute(() -> peer.execute(peer::close));
        }
    }

    /** Looks at the times; called every now and then. */
    void tick(long nanos, Instant now) {
        if (link == null) {
            if (nanos - begun > DEADLINE.toNanos()) {
                fail("the handshake took longer than " + DEADLINE.toSeconds() + " s");
            }
        } else if (!link.isOver()) {
            if (expires.isPresent() && !now.isBefore(expires.get())) {
                link.broken("the key of the other end expired at " + expires.get());
            }
            link.tick(nanos);
        }
    }

    @Override
    public void writable() {
        if (link != null) {
            link.writable();
        }
    }

    @Override
    public void closed() {
        if (link == null) {
            if (!over) {
                over = true;
                refused("the other end hung up during the handshake");
                settled();
            }
        } else {
            link.closed();
        }
        gone();
    }
}
