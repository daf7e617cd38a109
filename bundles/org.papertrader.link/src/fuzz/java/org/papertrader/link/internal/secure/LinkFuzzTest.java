package org.papertrader.link.internal.secure;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.openpgp.PGPException;
import org.junit.jupiter.params.provider.MethodSource;
import org.papertrader.link.internal.secure.Handshake.Step;
import org.papertrader.link.internal.secure.Handshake.Type;

/**
 * Whatever comes over a link before it is trusted, and after. The first byte of an input says where the rest of it goes: as
 * it is, or, so that the fuzzer gets behind the cryptography, as a text that is signed and encrypted properly. The seeds are
 * a real handshake, a real key and real records.
 */
class LinkFuzzTest {
    private static final byte[] SAID = "what was really said".getBytes();
    private static final int PLACES = 8;

    static Stream<byte[]> seeds() throws PGPException, IOException {
        Dialogue dialogue = Dialogue.run((index, message) -> message);
        byte[] text = hello(new byte[Hello.SHORT], new byte[Hello.SHORT]).encode();
        byte[] packets = SignedMessages.signed(Keys.own("worker").signing(), text, Instant.now());
        return Stream.of(
                place(0, dialogue.said[1]),
                place(1, text),
                place(2, packets),
                place(3, dialogue.said[2]),
                place(4, text),
                place(5, records()),
                place(6, new byte[2 * Hello.SHORT]),
                place(7, Keys.resource("worker.asc")),
                place(7, Keys.resource("rsa.asc")));
    }

    private static byte[] place(int number, byte[] rest) {
        byte[] input = new byte[rest.length + 1];
        input[0] = (byte) number;
        System.arraycopy(rest, 0, input, 1, rest.length);
        return input;
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void nothingIsAcceptedOrThrown(byte[] input) throws PGPException, IOException {
        if (input.length == 0 || input.length > SignedMessages.WIRE_MAX) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        switch (Math.floorMod(input[0], PLACES)) {
            case 0 -> refused(Dialogue.master(Keys.peer("worker")).take(rest));
            case 1 -> refused(master(SignedMessages.signed(Keys.own("worker").signing(), rest, Instant.now())));
            case 2 -> refused(master(rest));
            case 3 -> refused(worker().take(rest));
            case 4 -> refused(worker().take(Type.MASTER_HELLO.message(
                    SignedMessages.seal(Keys.own("master"), Keys.peer("worker"), rest, Instant.now()))));
            case 5 -> opened(rest);
            case 6 -> shared(rest);
            default -> PeerKey.parse(rest).then(key -> {
                key.problem(Instant.now());
                return new Loaded.Good<>(key);
            });
        }
    }

    private static void refused(Step step) {
        check(step instanceof Step.Refuse, "accepted: " + step);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static Step master(byte[] packets) throws PGPException, IOException {
        byte[] wire = SignedMessages.encrypted(packets, Keys.peer("master"), Instant.now());
        return Dialogue.master(Keys.peer("worker")).take(Type.WORKER_HELLO.message(wire));
    }

    private static WorkerHandshake worker() {
        WorkerHandshake worker = Dialogue.worker(Keys.own("worker"), Keys.peer("master"));
        worker.take(Dialogue.master(Keys.peer("worker")).challenge());
        return worker;
    }

    private static Hello hello(byte[] share, byte[] before) {
        return new Hello(
                Hello.Role.WORKER,
                Keys.WORKER,
                Keys.peer("worker").fingerprintBytes(),
                Keys.peer("master").fingerprintBytes(),
                new byte[Hello.SHORT],
                share,
                before);
    }

    /** A worker that is who it says, with any share. */
    private static void shared(byte[] rest) throws PGPException, IOException {
        MasterHandshake master = Dialogue.master(Keys.peer("worker"));
        byte[] before =
                new Transcript(Handshake.opening(Keys.WORKER)).add(master.challenge()).hash();
        byte[] text = hello(Arrays.copyOf(rest, Hello.SHORT), before).encode();
        byte[] wire = SignedMessages.seal(Keys.own("worker"), Keys.peer("master"), text, Instant.now());
        Step step = master.take(Type.WORKER_HELLO.message(wire));
        check(!(step instanceof Step.Established), "established: " + step);
        refused(master.take(Type.WORKER_FINISHED.message(Arrays.copyOf(rest, Crypto.HASH))));
    }

    private static TrafficKey key() {
        return new TrafficKey(new byte[Crypto.HASH], Keys.WORKER, System::nanoTime);
    }

    private static byte[] records() {
        ByteBuffer wire = new RecordSealer(key()).seal(ByteBuffer.wrap(SAID));
        return Arrays.copyOf(wire.array(), wire.limit());
    }

    private static void opened(byte[] rest) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        RecordOpener opener = new RecordOpener(key());
        int half = rest.length / 2;
        for (ByteBuffer part : List.of(ByteBuffer.wrap(rest, 0, half), ByteBuffer.wrap(rest, half, rest.length - half))) {
            opener.open(part, data -> got.write(data.array(), data.position(), data.remaining()));
        }
        byte[] bytes = got.toByteArray();
        check(bytes.length == 0 || Arrays.equals(bytes, SAID), "another text: " + Arrays.toString(bytes));
    }
}
