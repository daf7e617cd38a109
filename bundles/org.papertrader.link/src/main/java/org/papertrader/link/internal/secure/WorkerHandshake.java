package org.papertrader.link.internal.secure;

import java.io.IOException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.bouncycastle.openpgp.PGPException;
import org.jspecify.annotations.Nullable;

/** The worker's side: answers a challenge, then demands the same of the master. */
public final class WorkerHandshake implements Handshake {
    private static final byte[] NOTHING = {};

    private final UUID worker;
    private final OwnKey own;
    private final PeerKey master;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Transcript transcript;
    private final KeyPair ephemeral = Crypto.ephemeral();
    private final byte[] nonce = Crypto.random(Hello.SHORT);
    private State state = State.CHALLENGE;
    private @Nullable Hello hello;
    private @Nullable Schedule schedule;

    private enum State {
        CHALLENGE,
        HELLO,
        FINISHED,
        OVER
    }

    /** @param nanos a clock that never goes back, for the age of keys */
    public WorkerHandshake(UUID worker, OwnKey own, PeerKey master, Clock clock, LongSupplier nanos) {
        this.worker = worker;
        this.own = own;
        this.master = master;
        this.clock = clock;
        this.nanos = nanos;
        this.transcript = new Transcript(Handshake.opening(worker));
    }

    /** What to send first. */
    public byte[] opening() {
        return Handshake.opening(worker);
    }

    @Override
    public Step take(byte[] message) {
        if (Type.REFUSED.body(message).isPresent()) {
            return refuse("the master refuses this worker; its log says why");
        }
        return switch (state) {
            case CHALLENGE -> challenged(message);
            case HELLO -> heard(message);
            case FINISHED -> finished(message);
            case OVER -> refuse("a message after the handshake");
        };
    }

    private Step refuse(String why) {
        state = State.OVER;
        return new Step.Refuse(why, NOTHING);
    }

    private Step challenged(byte[] message) {
        Optional<byte[]> challenge = Type.CHALLENGE.body(message);
        if (challenge.isEmpty() || challenge.get().length != Hello.SHORT) {
            return refuse("the master's challenge is none");
        }
        Optional<String> problem =
                master.problem(clock.instant()).or(() -> own.certificate().problem(clock.instant()));
        if (problem.isPresent()) {
            return refuse(problem.get());
        }
        hello = new Hello(
                Hello.Role.WORKER,
                worker,
                own.certificate().fingerprintBytes(),
                master.fingerprintBytes(),
                nonce,
                Crypto.share(ephemeral),
                transcript.add(message).hash());
        try {
            byte[] reply = Type.WORKER_HELLO.message(SignedMessages.seal(own, master, hello.encode(), clock.instant()));
            transcript.add(reply);
            state = State.HELLO;
            return new Step.Reply(reply);
        } catch (PGPException | IOException e) {
            return refuse("the hello could not be made: " + e.getMessage());
        }
    }

    private Step heard(byte[] message) {
        Optional<byte[]> body = Type.MASTER_HELLO.body(message);
        if (body.isEmpty()) {
            return refuse("not a hello of a master");
        }
        SignedMessages.Opened opened = SignedMessages.open(own, List.of(master), body.get(), clock);
        if (opened instanceof SignedMessages.Opened.Bad bad) {
            return refuse("the master's hello is " + bad.why());
        }
        byte[] text = ((SignedMessages.Opened.Good) opened).text();
        Optional<Hello> theirs = Hello.decode(Hello.Role.MASTER, text)
                .filter(said -> said.fits(worker, master, own.certificate(), transcript.hash()));
        if (theirs.isEmpty() || hello == null) {
            return refuse("the master's hello belongs to another handshake");
        }
        byte[] all = transcript.add(message).hash();
        Optional<Schedule> keys =
                Schedule.of(ephemeral, theirs.get().share(), hello, theirs.get().nonce(), all);
        if (keys.isEmpty()) {
            return refuse("the master's share is unsafe");
        }
        schedule = keys.get();
        byte[] reply = Type.WORKER_FINISHED.message(schedule.finished(Hello.Role.WORKER, all));
        transcript.add(reply);
        state = State.FINISHED;
        return new Step.Reply(reply);
    }

    private Step finished(byte[] message) {
        Optional<byte[]> proof = Type.MASTER_FINISHED.body(message);
        if (proof.isEmpty()
                || schedule == null
                || !MessageDigest.isEqual(proof.get(), schedule.finished(Hello.Role.MASTER, transcript.hash()))) {
            return refuse("the master did not finish the handshake");
        }
        state = State.OVER;
        return new Step.Established(NOTHING, schedule.session(Hello.Role.WORKER, worker, master, nanos));
    }
}
