package org.papertrader.link.internal.secure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.bcpg.CompressionAlgorithmTags;
import org.bouncycastle.openpgp.PGPCompressedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.papertrader.link.internal.secure.Handshake.Step;
import org.papertrader.link.internal.secure.Handshake.Type;

@Tag("PRO-9")
class HandshakeTest {
    private static final byte[] TEXT = {1, 2, 3};

    @ParameterizedTest
    @CsvSource({"worker,master", "rsa,master", "subkeys,master", "worker,rsa", "rsa,rsa"})
    void bothSidesProveTheirKeysAndUnderstandEachOther(String workerKey, String masterKey) {
        WorkerHandshake worker = Dialogue.worker(Keys.own(workerKey), Keys.peer(masterKey));
        MasterHandshake master = new MasterHandshake(
                Keys.WORKER,
                Keys.own(masterKey),
                List.of(Keys.peer("other"), Keys.peer(workerKey)),
                Keys.CLOCK,
                System::nanoTime);
        Dialogue dialogue = Dialogue.run(worker, master, (index, message) -> message);

        assertThat(dialogue.isEstablished())
                .as("%s / %s", Dialogue.why(dialogue.worker), Dialogue.why(dialogue.master))
                .isTrue();
        assertThat(dialogue.masterSession().peer().fingerprint())
                .isEqualTo(Keys.peer(workerKey).fingerprint());
        assertThat(roundTrip(dialogue.workerSession(), dialogue.masterSession()))
                .isEqualTo(TEXT);
        assertThat(roundTrip(dialogue.masterSession(), dialogue.workerSession()))
                .isEqualTo(TEXT);
    }

    private static byte[] roundTrip(SecureSession from, SecureSession to) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        ByteBuffer wire = from.sealer().seal(ByteBuffer.wrap(TEXT));
        assertThat(to.opener().open(wire, data -> got.write(data.array(), data.position(), data.remaining())))
                .isEmpty();
        return got.toByteArray();
    }

    @Test
    void nothingOfAHelloIsReadableAndEachHandshakeIsDifferent() {
        Dialogue first = Dialogue.run((index, message) -> message);
        Dialogue second = Dialogue.run((index, message) -> message);
        for (int i = 0; i < Dialogue.MESSAGES; i++) {
            assertThat(first.said[i]).isNotEqualTo(second.said[i]);
        }
        assertThat(new String(first.said[1], java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("PTLH", "papertrader");
    }

    @Test
    void n28AReplayedHelloIsRefused() {
        byte[] recorded = Dialogue.run((index, message) -> message).said[1];
        Dialogue replay = Dialogue.run((index, message) -> index == 1 ? recorded : message);

        assertThat(Dialogue.why(replay.master)).isEqualTo("its hello belongs to another handshake");
        assertThat(replay.isEstablished()).isFalse();
    }

    @Test
    void n28AWholeReplayedHandshakeIsRefused() {
        Dialogue recorded = Dialogue.run((index, message) -> message);
        MasterHandshake master = Dialogue.master(Keys.peer("worker"));

        assertThat(Dialogue.why(master.take(recorded.said[1]))).isEqualTo("its hello belongs to another handshake");
        assertThat(Dialogue.why(master.take(recorded.said[3]))).isEqualTo("a message after the handshake");
        WorkerHandshake worker = Dialogue.worker(Keys.own("worker"), Keys.peer("master"));
        worker.take(recorded.said[0]);
        assertThat(Dialogue.why(worker.take(recorded.said[2])))
                .isEqualTo("the master's hello belongs to another handshake");
    }

    @Test
    void n27AnotherWorkersKeyIsRefused() {
        Dialogue dialogue = Dialogue.run(
                Dialogue.worker(Keys.own("other"), Keys.peer("master")),
                Dialogue.master(Keys.peer("worker")),
                (index, message) -> message);

        assertThat(Dialogue.why(dialogue.master)).startsWith("its hello is signed by another key");
        assertGeneric(dialogue.master);
    }

    /** What goes over the wire is the same three bytes, whatever the reason. */
    private static void assertGeneric(Step step) {
        assertThat(((Step.Refuse) step).message()).containsExactly(6, 0, 0);
    }

    @Test
    void n29TheHelloOfAnotherUuidIsRefused() {
        WorkerHandshake impostor = new WorkerHandshake(
                UUID.randomUUID(), Keys.own("worker"), Keys.peer("master"), Keys.CLOCK, System::nanoTime);
        Dialogue dialogue = Dialogue.run(impostor, Dialogue.master(Keys.peer("worker")), (index, message) -> message);

        assertThat(Dialogue.why(dialogue.master)).isEqualTo("its hello belongs to another handshake");
    }

    @Test
    void anotherMasterIsRefusedByTheWorker() {
        MasterHandshake evil = new MasterHandshake(
                Keys.WORKER, Keys.own("other"), List.of(Keys.peer("worker")), Keys.CLOCK, System::nanoTime);
        Dialogue dialogue =
                Dialogue.run(Dialogue.worker(Keys.own("worker"), Keys.peer("master")), evil, (i, message) -> message);

        assertThat(Dialogue.why(dialogue.master)).isEqualTo("its hello is encrypted to another key");
        Dialogue tricked = Dialogue.run(
                Dialogue.worker(Keys.own("worker"), Keys.peer("master")),
                Dialogue.master(Keys.peer("worker")),
                (index, message) -> index == 2 ? resigned(Keys.own("other"), "worker") : message);
        assertThat(Dialogue.why(tricked.worker)).startsWith("the master's hello is signed by another key");
    }

    private static byte[] resigned(OwnKey signer, String to) {
        return Type.MASTER_HELLO.message(
                seal(signer, to, hello(Hello.Role.MASTER, new byte[32]).encode()));
    }

    private static Hello hello(Hello.Role role, byte[] share) {
        return new Hello(
                role,
                Keys.WORKER,
                Keys.peer("worker").fingerprintBytes(),
                Keys.peer("master").fingerprintBytes(),
                new byte[32],
                share,
                new byte[32]);
    }

    private static byte[] seal(OwnKey signer, String to, byte[] text) {
        try {
            return SignedMessages.seal(signer, Keys.peer(to), text, Instant.now());
        } catch (PGPException | IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aHelloThatIsReflectedIsRefusedEvenWhereBothSidesUseOneKey() {
        WorkerHandshake worker = Dialogue.worker(Keys.own("master"), Keys.peer("master"));
        Dialogue dialogue = Dialogue.run(worker, Dialogue.master(Keys.peer("master")), (index, message) -> message);
        assertThat(dialogue.isEstablished()).isTrue();

        WorkerHandshake alone = Dialogue.worker(Keys.own("master"), Keys.peer("master"));
        Step said = alone.take(Dialogue.master(Keys.peer("master")).challenge());
        byte[] mirrored = ((Step.Reply) said).message().clone();
        mirrored[0] = 3;
        assertThat(Dialogue.why(alone.take(mirrored))).isEqualTo("the master's hello belongs to another handshake");
    }

    @Test
    void n31ExpiredRevokedAndSignOnlyKeysAreRefusedWithTheirReason() {
        Dialogue fine = Dialogue.run((index, message) -> message);
        for (String name : List.of("expired", "revoked", "signonly")) {
            MasterHandshake master = Dialogue.master(Keys.peer(name));
            Step step = master.take(fine.said[1]);
            String reason = name.equals("signonly") ? "cannot be encrypted to" : name;
            assertThat(Dialogue.why(step)).contains(reason, Keys.peer(name).fingerprint());
            assertGeneric(step);

            WorkerHandshake worker = Dialogue.worker(Keys.own("worker"), Keys.peer(name));
            assertThat(Dialogue.why(worker.take(master.challenge()))).contains(reason);
        }
    }

    @Test
    void n31AMessageOfASinceRevokedKeyIsRefused() throws Exception {
        OwnKey signer = Keys.own("revoked");
        byte[] wire = SignedMessages.seal(signer, Keys.peer("master"), TEXT, Instant.now());

        assertThat(open(wire, "unrevoked")).isInstanceOf(SignedMessages.Opened.Good.class);
        assertThat(bad(open(wire, "revoked"))).startsWith("signed by another key");
    }

    @Test
    void anExpiredKeyCannotHelpItselfByAnOldSignatureTime() throws Exception {
        Instant then = Instant.parse("2020-06-01T00:00:00Z");
        OwnKey signer = Keys.good(OwnKey.parse(
                Keys.resource("expired.secret.asc"), (fingerprint, attempt) -> new Loaded.Bad<>("none"), then));
        byte[] wire = SignedMessages.seal(signer, Keys.peer("master"), TEXT, Instant.now());

        assertThat(bad(open(wire, "expired"))).startsWith("signed by another key");
    }

    private static SignedMessages.Opened open(byte[] wire, String from) {
        return SignedMessages.open(Keys.own("master"), List.of(Keys.peer(from)), wire, Keys.CLOCK);
    }

    private static String bad(SignedMessages.Opened opened) {
        return opened instanceof SignedMessages.Opened.Bad bad ? bad.why() : "(accepted)";
    }

    @Test
    void unsignedAndTwiceSignedMessagesAreRefused() throws Exception {
        Instant now = Instant.now();
        PeerKey master = Keys.peer("master");
        byte[] unsigned = SignedMessages.encrypted(SignedMessages.literal(TEXT, now), master, now);
        assertThat(bad(open(unsigned, "worker"))).isEqualTo("not signed");

        byte[] once = SignedMessages.signed(Keys.own("worker").signing(), TEXT, now);
        byte[] again = SignedMessages.signed(Keys.own("other").signing(), TEXT, now);
        byte[] twice = concat(once, again);
        assertThat(bad(open(SignedMessages.encrypted(twice, master, now), "worker")))
                .isEqualTo("not signed exactly once");
        assertThat(bad(open(SignedMessages.encrypted(nested(once, again), master, now), "worker")))
                .isEqualTo("not signed exactly once");
        assertThat(bad(open(once, "worker"))).isEqualTo("not encrypted");
        byte[] fine = SignedMessages.encrypted(once, master, now);
        assertThat(bad(open(fine, "worker"))).isEqualTo("(accepted)");
        assertThat(bad(open(concat(fine, once), "worker"))).isNotEqualTo("(accepted)");
    }

    @Test
    void aSignatureOfAnotherTextIsRefused() throws Exception {
        Instant now = Instant.now();
        byte[] signed = SignedMessages.signed(Keys.own("worker").signing(), TEXT, now);
        int announced = signed[1] + 2;
        int end = announced + SignedLiteral.of(signed, announced).length;
        for (int at : new int[] {end - 1, signed.length - 1}) {
            byte[] forged = signed.clone();
            forged[at] ^= 1;
            byte[] wire = SignedMessages.encrypted(forged, Keys.peer("master"), now);
            assertThat(bad(open(wire, "worker"))).as("byte %d", at).isEqualTo("its signature is wrong");
        }
    }

    @Test
    void aMessageWhoseIntegrityIsBrokenIsNotEvenRead() throws Exception {
        byte[] wire = SignedMessages.seal(Keys.own("worker"), Keys.peer("master"), TEXT, Instant.now());
        // The last byte of the encrypted check sum: text and signature are whole.
        wire[wire.length - 1] ^= 1;

        assertThat(bad(open(wire, "worker"))).isEqualTo("changed on its way");
    }

    @Test
    void aHelloOfTheOtherRoleOrOfAnotherVersionIsNone() {
        byte[] worker = hello(Hello.Role.WORKER, new byte[32]).encode();
        assertThat(Hello.decode(Hello.Role.WORKER, worker)).isPresent();
        assertThat(Hello.decode(Hello.Role.MASTER, worker)).isEmpty();
        assertThat(Hello.decode(Hello.Role.WORKER, Arrays.copyOf(worker, worker.length + 1)))
                .isEmpty();
        worker[4] = Handshake.VERSION + 1;
        assertThat(Hello.decode(Hello.Role.WORKER, worker)).isEmpty();
    }

    /** Both signatures around one text: the packets before the text, and those after it, of each. */
    private static byte[] nested(byte[] once, byte[] again) {
        int announced = once[1] + 2;
        byte[] literal = SignedLiteral.of(once, announced);
        return concat(
                Arrays.copyOf(again, announced),
                Arrays.copyOf(once, announced),
                literal,
                Arrays.copyOfRange(once, announced + literal.length, once.length),
                Arrays.copyOfRange(again, announced + literal.length, again.length));
    }

    /** The literal data packet of a signed message, which begins with a one-pass signature. */
    private static final class SignedLiteral {
        private static byte[] of(byte[] signed, int at) {
            return Arrays.copyOfRange(signed, at, at + 2 + signed[at + 1]);
        }
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @Test
    void n30ABombUnpacksToItsBoundAndNoFurther() throws Exception {
        Instant now = Instant.now();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        PGPCompressedDataGenerator compressor = new PGPCompressedDataGenerator(CompressionAlgorithmTags.ZIP);
        try (var out = compressor.open(packed)) {
            out.write(SignedMessages.signed(Keys.own("worker").signing(), new byte[8 << 20], now));
        }
        byte[] bomb = SignedMessages.encrypted(packed.toByteArray(), Keys.peer("master"), now);
        assertThat(bomb).hasSizeLessThan(SignedMessages.WIRE_MAX);
        assertThat(bad(open(bomb, "worker"))).isEqualTo("unpacks to more than 65536 bytes");

        byte[] large = SignedMessages.seal(Keys.own("worker"), Keys.peer("master"), new byte[20_000], now);
        assertThat(bad(open(large, "worker"))).startsWith("a message of");
    }

    @Test
    void aSignatureFarFromNowIsRefusedAndAClockThatIsOffByHoursDoesNotMatter() {
        byte[] wire = seal(Keys.own("worker"), "master", TEXT);
        Instant now = Instant.now();
        for (Duration off : List.of(Duration.ofHours(-23), Duration.ofHours(23))) {
            assertThat(openAt(wire, now.plus(off))).isInstanceOf(SignedMessages.Opened.Good.class);
        }
        for (Duration off : List.of(Duration.ofHours(-25), Duration.ofHours(25))) {
            assertThat(bad(openAt(wire, now.plus(off)))).contains("clocks differ");
        }
    }

    private static SignedMessages.Opened openAt(byte[] wire, Instant now) {
        return SignedMessages.open(
                Keys.own("master"), List.of(Keys.peer("worker")), wire, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void aShareOfSmallOrderIsRefused() throws Exception {
        KeyPair pair = Crypto.ephemeral();
        byte[] one = new byte[Crypto.SHARE];
        one[0] = 1;
        assertThat(Crypto.agree(pair.getPrivate(), new byte[Crypto.SHARE])).isEmpty();
        assertThat(Crypto.agree(pair.getPrivate(), one)).isEmpty();

        MasterHandshake master = Dialogue.master(Keys.peer("worker"));
        byte[] before = new Transcript(Handshake.opening(Keys.WORKER))
                .add(master.challenge())
                .hash();
        Hello evil = new Hello(
                Hello.Role.WORKER,
                Keys.WORKER,
                Keys.peer("worker").fingerprintBytes(),
                Keys.peer("master").fingerprintBytes(),
                new byte[32],
                one,
                before);
        Step step = master.take(Type.WORKER_HELLO.message(seal(Keys.own("worker"), "master", evil.encode())));
        assertThat(Dialogue.why(step)).isEqualTo("its share is unsafe");
    }

    @Test
    void whatOpenPgpIgnoresStillEndsTheHandshake() {
        // The ignored top bit of the point that the session key is encrypted with.
        List<String> ends = new ArrayList<>();
        for (int at = 3; at < 60; at++) {
            int position = at;
            Dialogue dialogue = Dialogue.run((index, message) -> index == 1 ? flipped(message, position) : message);
            assertThat(dialogue.isEstablished()).as("byte %d", at).isFalse();
            ends.add(Dialogue.why(dialogue.worker));
        }
        assertThat(ends).contains("the master's hello belongs to another handshake");
    }

    private static byte[] flipped(byte[] message, int at) {
        byte[] changed = message.clone();
        changed[at] ^= (byte) 0x80;
        return changed;
    }

    @Test
    void messagesOutOfTurnEndIt() {
        Dialogue fine = Dialogue.run((index, message) -> message);
        for (int first = 0; first < Dialogue.MESSAGES; first++) {
            if (first != 1) {
                assertThat(Dialogue.master(Keys.peer("worker")).take(fine.said[first]))
                        .isInstanceOf(Step.Refuse.class);
            }
            if (first != 0) {
                WorkerHandshake worker = Dialogue.worker(Keys.own("worker"), Keys.peer("master"));
                assertThat(worker.take(fine.said[first])).isInstanceOf(Step.Refuse.class);
            }
        }
        WorkerHandshake worker = Dialogue.worker(Keys.own("worker"), Keys.peer("master"));
        assertThat(Dialogue.why(worker.take(Type.REFUSED.message(new byte[0]))))
                .isEqualTo("the master refuses this worker; its log says why");
    }

    @Test
    void aMessageThatGpgMadeIsRead() {
        SignedMessages.Opened opened = SignedMessages.open(
                Keys.own("master"),
                List.of(Keys.peer("other")),
                Keys.resource("from-gpg.pgp"),
                Clock.fixed(Instant.parse("2024-01-02T00:00:00Z"), ZoneOffset.UTC));

        assertThat(new String(((SignedMessages.Opened.Good) opened).text())).isEqualTo("a hello\n");
    }
}
