package org.papertrader.transport.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** A port on loopback with a fake handler behind it. */
final class Rig implements AutoCloseable {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    final EventLoops loops;
    final ClientPort port;
    final Acceptors acceptors = new Acceptors();
    final Listener listener;
    final FakeHandler handler = new FakeHandler();
    final CertificateEvents events = new CertificateEvents();
    final PortCertificate tls;
    final int number;

    Rig() {
        this(Limits.standard(), false);
    }

    Rig(Limits limits, boolean shared) {
        this(limits, shared, EventLoops.preferred());
    }

    Rig(Limits limits, boolean shared, EventLoops.Kind kind) {
        this(limits, shared, kind, null);
    }

    /** @param certificate where the certificate of TLS comes from; null: no TLS */
    Rig(Limits limits, boolean shared, EventLoops.Kind kind, CertificateSource certificate) {
        loops = new EventLoops(kind, 2);
        tls = certificate == null ? null : new PortCertificate("worker", loops.handshakes(), CLOCK, LOOK_EVERY, events);
        port = new ClientPort("worker", limits);
        listener = new Listener(loops, port, acceptors, shared);
        port.bindCodec(Frames.CODEC, Map.of());
        port.bindHandler(handler, Map.of());
        if (tls != null) {
            tls.use(certificate);
            events.next();
        }
        number = listener.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    /** Bounds of times that nobody looks at: what still ends ends by itself. */
    static Limits withoutSweep() {
        return standard(Duration.ofHours(1).toNanos(), Limits.Arrivals.standard());
    }

    /** The usual bounds but for these. */
    static Limits standard(long sweepNanos, Limits.Arrivals arrivals) {
        Limits standard = Limits.standard();
        return new Limits(
                standard.connectionsMax(),
                standard.connectionsPerAddressMax(),
                standard.inFlightMax(),
                standard.writeLowBytes(),
                standard.writeHighBytes(),
                standard.idleNanos(),
                standard.frameNanos(),
                sweepNanos,
                arrivals);
    }

    RawClient client() {
        return new RawClient(number);
    }

    /** A client that speaks TLS 1.3 and trusts whatever it is shown. */
    RawClient tlsClient() {
        return new RawClient(TlsSockets.connect(number, "TLSv1.3"));
    }

    /** Looks at the times of all connections as if it were so late. */
    void tickAll(long now) {
        port.forEach(connection -> connection.tick(now));
    }

    /** True when some connection is not read, as its client does not read. */
    boolean stalled() {
        return ask(connection -> !connection.isReading());
    }

    /** True when more waits for the only client than it takes. */
    boolean transferring() {
        return ask(connection -> connection.transfers() > 0);
    }

    private boolean ask(Predicate<ClientChannel> question) {
        AtomicBoolean yes = new AtomicBoolean();
        CountDownLatch asked = new CountDownLatch(1);
        port.forEach(connection -> {
            yes.set(question.test(connection));
            asked.countDown();
        });
        try {
            return asked.await(1, TimeUnit.SECONDS) && yes.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        listener.close();
        loops.stop();
        handler.close();
    }
}
