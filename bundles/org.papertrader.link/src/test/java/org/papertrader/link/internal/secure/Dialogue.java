package org.papertrader.link.internal.secure;

import java.util.List;
import java.util.function.BiFunction;
import org.papertrader.link.internal.secure.Handshake.Step;

/** A worker and a master that speak through somebody who may change each message. */
final class Dialogue {
    /** Number of messages of a handshake, the opening not counted. */
    static final int MESSAGES = 5;

    /** Gives what arrives of message {@code index}, beginning with 0, the challenge. */
    interface Wire extends BiFunction<Integer, byte[], byte[]> {}

    final byte[][] said = new byte[MESSAGES][];
    Step worker;
    Step master;

    private Dialogue() {}

    static Dialogue run(WorkerHandshake worker, MasterHandshake master, Wire wire) {
        Dialogue dialogue = new Dialogue();
        dialogue.talk(worker, master, wire);
        return dialogue;
    }

    static Dialogue run(Wire wire) {
        return run(worker(Keys.own("worker"), Keys.peer("master")), master(Keys.peer("worker")), wire);
    }

    static WorkerHandshake worker(OwnKey own, PeerKey master) {
        return new WorkerHandshake(Keys.WORKER, own, master, Keys.CLOCK, System::nanoTime);
    }

    static MasterHandshake master(PeerKey... registered) {
        return new MasterHandshake(Keys.WORKER, Keys.own("master"), List.of(registered), Keys.CLOCK, System::nanoTime);
    }

    private void talk(WorkerHandshake workerSide, MasterHandshake masterSide, Wire wire) {
        byte[] next = carry(0, masterSide.challenge(), wire);
        for (int i = 1; i < MESSAGES + 1; i++) {
            Step step = i % 2 == 1 ? workerSide.take(next) : masterSide.take(next);
            if (i % 2 == 1) {
                worker = step;
            } else {
                master = step;
            }
            byte[] reply = bytes(step);
            if (i == MESSAGES || reply.length == 0 || step instanceof Step.Refuse) {
                return;
            }
            next = carry(i, reply, wire);
        }
    }

    private byte[] carry(int index, byte[] message, Wire wire) {
        said[index] = message;
        return wire.apply(index, message);
    }

    private static byte[] bytes(Step step) {
        if (step instanceof Step.Reply reply) {
            return reply.message();
        }
        return step instanceof Step.Established established ? established.message() : new byte[0];
    }

    boolean isEstablished() {
        return worker instanceof Step.Established && master instanceof Step.Established;
    }

    SecureSession workerSession() {
        return ((Step.Established) worker).session();
    }

    SecureSession masterSession() {
        return ((Step.Established) master).session();
    }

    static String why(Step step) {
        return step instanceof Step.Refuse refuse ? refuse.why() : String.valueOf(step);
    }
}
