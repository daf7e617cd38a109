package org.papertrader.transport.internal;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of one port, and TLS with it. Files are read on the threads of handshakes, and looked at again every
 * few seconds: changed ones serve the connections that come from then on; bad ones leave the certificate before in use.
 */
final class PortCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(PortCertificate.class);
    private static final String PROTOCOL = "TLSv1.3";
    private static final Duration SOON = Duration.ofDays(30);
    private static final Duration REMIND_EVERY = Duration.ofDays(1);
    private static final long CLOSE_NOTIFY_MILLIS = 1_000;

    private final String side;
    private final ScheduledExecutorService threads;
    private final Clock clock;
    private final Duration lookEvery;
    private final Events events;
    private @Nullable CertificateSource source;
    private @Nullable Future<?> looking;
    private String tried = "";
    private Instant remindAt = Instant.MIN;
    private volatile @Nullable Loaded loaded;

    private record Loaded(Credential credential, SSLContext context) {}

    /** Hears what became of certificates; on a thread of handshakes. */
    interface Events {
        /** Another certificate is in use from now on. */
        void loaded(Credential credential);

        /** There is none; {@code line} says why and what to do. */
        void failed(String line);
    }

    PortCertificate(String side, ScheduledExecutorService threads, Clock clock, Duration lookEvery, Events events) {
        this.side = side;
        this.threads = threads;
        this.clock = clock;
        this.lookEvery = lookEvery;
        this.events = events;
    }

    /** Takes certificates from there from now on; null: there are none. The first is loaded soon. */
    synchronized void use(@Nullable CertificateSource newSource) {
        if (newSource != null && newSource.equals(source)) {
            return;
        }
        close();
        source = newSource;
        tried = "";
        if (newSource == null) {
            loaded = null;
        } else {
            looking = threads.scheduleWithFixedDelay(this::look, 0, lookEvery.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Who has gone, as many have when all come at once, needs no arithmetic any more. */
    static Executor whileOpen(Channel channel, Executor threads) {
        return task -> threads.execute(() -> {
            if (channel.isActive()) {
                task.run();
            }
        });
    }

    /** Looks at no files any more. */
    synchronized void close() {
        if (looking != null) {
            looking.cancel(false);
            looking = null;
        }
    }

    /** The certificate in use; null before the first is loaded. */
    @Nullable
    Credential credential() {
        Loaded now = loaded;
        return now == null ? null : now.credential();
    }

    /** The server's end of TLS on a new connection; null while there is no certificate. */
    @Nullable
    SslHandler newHandler(Channel channel, Duration handshakeLimit) {
        Loaded now = loaded;
        if (now == null) {
            return null;
        }
        SSLEngine engine = now.context().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(new String[] {PROTOCOL});
        SslHandler handler = new SslHandler(engine, whileOpen(channel, threads));
        handler.setHandshakeTimeoutMillis(handshakeLimit.toMillis());
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
        return handler;
    }

    /** Loads what is new, and reminds of a certificate that ends. */
    synchronized void look() {
        CertificateSource from = source;
        if (from == null) {
            return;
        }
        String stamp = from.stamp();
        if (!stamp.equals(tried)) {
            // What is put in place while it loads is another one: it is looked at the next time.
            tried = stamp;
            load(from);
        }
        remind();
    }

    private void load(CertificateSource from) {
        try {
            Credential credential = from.read(loaded == null);
            Loaded before = loaded;
            if (before != null && before.credential().fingerprint().equals(credential.fingerprint())) {
                return;
            }
            loaded = new Loaded(credential, context(credential));
            remindAt = Instant.MIN;
            LOG.info(
                    "certificate of the {}: {}, valid until {}, SHA-256 fingerprint {}",
                    side,
                    credential.certificate().getSubjectX500Principal(),
                    credential.validUntil(),
                    credential.fingerprint());
            events.loaded(credential);
        } catch (CertificateProblem e) {
            failed(e);
        }
    }

    private void failed(CertificateProblem problem) {
        if (loaded == null) {
            LOG.error("{}", problem.getMessage(), problem.getCause());
            events.failed(String.valueOf(problem.getMessage()));
        } else {
            LOG.error("{}; the certificate before stays in use", problem.getMessage(), problem.getCause());
        }
    }

    private void remind() {
        Credential now = credential();
        Instant time = clock.instant();
        if (now == null || time.isBefore(remindAt)) {
            return;
        }
        remindAt = time.plus(REMIND_EVERY);
        warning(now, time).ifPresent(warning -> LOG.warn("the certificate of the {} {}", side, warning));
    }

    /** What is wrong with the certificate at that time, as a sentence without its subject. */
    static Optional<String> warning(Credential credential, Instant time) {
        Instant begin = credential.certificate().getNotBefore().toInstant();
        Instant end = credential.validUntil();
        if (time.isAfter(end)) {
            return Optional.of("expired on " + end + ": replace it");
        } else if (time.plus(SOON).isAfter(end)) {
            return Optional.of("expires on " + end + ": replace it");
        }
        return time.isBefore(begin)
                ? Optional.of("is not valid before " + begin + ": is the clock right?")
                : Optional.empty();
    }

    /** Netty's own contexts read all authorities of the runtime first, for clients that never show a certificate. */
    private static SSLContext context(Credential credential) {
        try {
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(new KeyManager[] {new OneKey(credential)}, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + PROTOCOL, e);
        }
    }
}
