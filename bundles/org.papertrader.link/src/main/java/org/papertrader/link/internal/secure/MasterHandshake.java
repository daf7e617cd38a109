package org.papertrader.link.internal.secure;

import java.io.IOException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.bouncycastle.openpgp.PGPException;
import org.jspecify.annotations.Nullable;

/** The master's side: challenges one who says to be a certain worker, and proves itself in turn. */
public final class MasterHandshake implements Handshake {
    private static final byte[] NOTHING = {};

    private final UUID worker;
    private final OwnKey own;
    private final List<PeerKey> registered;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Transcript transcript;
    private final byte[] challenge;
    private State state = State.HELLO;
    private @Nullable PeerKey peer;
    private @Nullable Schedule schedule;

    private enum State {
        HELLO,
        FINISHED,
        OVER
    }

    /**
     * The opening was read and its worker is known.
     *
     * @param registered the certificates that count for this worker
     * @param nanos a clock that never goes back, for the age of keys
     */
    public MasterHandshake(UUID worker, OwnKey own, List<PeerKey> registered, Clock clock, LongSupplier nanos) {
        this.worker = worker;
        this.own = own;
        this.registered = List.copyOf(registered);
        this.clock = clock;
        this.nanos = nanos;
        this.challenge = Type.CHALLENGE.message(Crypto.random(Hello.SHORT));
        this.transcript = new Transcript(Handshake.opening(worker)).add(challenge);
    }

    /** What to send first. */
    public byte[] challenge() {
        return challenge.clone();
    }

    @Override
    public Step take(byte[] message) {
        return switch (state) {
            case HELLO -> heard(message);
            case FINISHED -> finished(message);
            case OVER -> refuse("a message after the handshake");
        };
    }

    private Step refuse(String why) {
        state = State.OVER;
        return new Step.Refuse(why, Type.REFUSED.message(NOTHING));
    }

    private Step heard(byte[] message) {
        Optional<byte[]> body = Type.WORKER_HELLO.body(message);
        if (body.isEmpty()) {
            return refuse("not a hello of a worker");
        }
        Instant now = clock.instant();
        List<PeerKey> usable = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (PeerKey key : registered) {
            key.problem(now).ifPresentOrElse(problems::add, () -> usable.add(key));
        }
        if (usable.isEmpty()) {
            return refuse(String.join("; ", problems));
        }
        Optional<String> mine = own.certificate().problem(now);
        if (mine.isPresent()) {
            return refuse("the master's own " + mine.get());
        }
        SignedMessages.Opened opened = SignedMessages.open(own, usable, body.get(), clock);
        if (opened instanceof SignedMessages.Opened.Bad bad) {
            String more = problems.isEmpty() ? "" : "; " + String.join("; ", problems);
            return refuse("its hello is " + bad.why() + more);
        }
        SignedMessages.Opened.Good good = (SignedMessages.Opened.Good) opened;
        Optional<Hello> hello = Hello.decode(Hello.Role.WORKER, good.text())
                .filter(said -> said.fits(worker, good.signer(), own.certificate(), transcript.hash()));
        if (hello.isEmpty()) {
            return refuse("its hello belongs to another handshake");
        }
        return answer(message, good.signer(), hello.get(), now);
    }

    private Step answer(byte[] message, PeerKey signer, Hello hello, Instant now) {
        KeyPair ephemeral = Crypto.ephemeral();
        Hello said = new Hello(
                Hello.Role.MASTER,
                worker,
                own.certificate().fingerprintBytes(),
                signer.fingerprintBytes(),
                Crypto.random(Hello.SHORT),
                Crypto.share(ephemeral),
                transcript.add(message).hash());
        try {
            byte[] reply = Type.MASTER_HELLO.message(SignedMessages.seal(own, signer, said.encode(), now));
            byte[] all = transcript.add(reply).hash();
            Optional<Schedule> keys = Schedule.of(ephemeral, hello.share(), hello, said.nonce(), all);
            if (keys.isEmpty()) {
                return refuse("its share is unsafe");
            }
            schedule = keys.get();
            peer = signer;
            state = State.FINISHED;
            return new Step.Reply(reply);
        } catch (PGPException | IOException e) {
            return refuse("the hello could not be made: " + e.getMessage());
        }
    }

    private Step finished(byte[] message) {
        Optional<byte[]> proof = Type.WORKER_FINISHED.body(message);
        if (proof.isEmpty()
                || schedule == null
                || peer == null
                || !MessageDigest.isEqual(proof.get(), schedule.finished(Hello.Role.WORKER, transcript.hash()))) {
            return refuse("it did not finish the handshake");
        }
        byte[] all = transcript.add(message).hash();
        byte[] reply = Type.MASTER_FINISHED.message(schedule.finished(Hello.Role.MASTER, all));
        state = State.OVER;
        return new Step.Established(reply, schedule.session(Hello.Role.MASTER, worker, peer, nanos));
    }
}
