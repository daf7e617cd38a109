package org.papertrader.link.internal.secure;

import java.security.KeyPair;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The secrets that follow from a handshake: HKDF over the ephemeral agreement and both nonces, bound to everything said
 * until then.
 */
final class Schedule {
    private final byte[] secret;
    private final byte[] transcript;

    private Schedule(byte[] secret, byte[] transcript) {
        this.secret = secret;
        this.transcript = transcript;
    }

    /**
     * Both hellos are known.
     *
     * @param own this side's ephemeral pair, not to be used again
     * @param theirs the other side's share
     * @param transcript hash of all messages up to the master's hello
     */
    static Optional<Schedule> of(KeyPair own, byte[] theirs, Hello worker, byte[] masterNonce, byte[] transcript) {
        return Crypto.agree(own.getPrivate(), theirs).map(agreed -> {
            byte[] input = Arrays.copyOf(agreed, agreed.length + 2 * Hello.SHORT);
            System.arraycopy(worker.nonce(), 0, input, agreed.length, Hello.SHORT);
            System.arraycopy(masterNonce, 0, input, agreed.length + Hello.SHORT, Hello.SHORT);
            byte[] secret = Crypto.hmac(transcript, input);
            Arrays.fill(agreed, (byte) 0);
            Arrays.fill(input, (byte) 0);
            return new Schedule(secret, transcript);
        });
    }

    /** What a side sends to show that it has the same secrets and heard the same words. */
    byte[] finished(Hello.Role role, byte[] heard) {
        return Crypto.hmac(key(role, "finished"), heard);
    }

    private byte[] key(Hello.Role role, String purpose) {
        String who = role == Hello.Role.WORKER ? "worker" : "master";
        return Crypto.expand(secret, "PaperTrader link 2 " + who + " " + purpose, transcript, Crypto.HASH);
    }

    /** The records of this side. The schedule's own secret is wiped. */
    SecureSession session(Hello.Role side, UUID worker, PeerKey peer, LongSupplier nanos) {
        Hello.Role other = side == Hello.Role.WORKER ? Hello.Role.MASTER : Hello.Role.WORKER;
        RecordSealer sealer = new RecordSealer(new TrafficKey(key(side, "records"), worker, nanos));
        RecordOpener opener = new RecordOpener(new TrafficKey(key(other, "records"), worker, nanos));
        Arrays.fill(secret, (byte) 0);
        return new SecureSession(peer, sealer, opener);
    }
}
