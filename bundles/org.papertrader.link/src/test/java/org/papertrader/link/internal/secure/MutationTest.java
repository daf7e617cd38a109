package org.papertrader.link.internal.secure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.openpgp.PGPException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Seeded changes of handshake messages and of records: none is accepted. {@code -Dpapertrader.mutations=50000} sets the
 * number of each, {@code -Dpapertrader.seed} repeats a run.
 */
@Tag("PRO-9")
class MutationTest {
    private static final int MUTATIONS = Integer.getInteger("papertrader.mutations", 500);
    private static final long SEED = Long.getLong("papertrader.seed", System.nanoTime());

    private final Random random = new Random(SEED);

    /** Something else than what was there. */
    private byte[] mutate(byte[] message, byte[] other) {
        byte[] changed = message;
        while (Arrays.equals(changed, message)) {
            changed = switch (random.nextInt(7)) {
                case 0 -> flip(message);
                case 1 -> fill(message);
                case 2 -> Arrays.copyOf(message, random.nextInt(message.length));
                case 3 -> Arrays.copyOf(message, message.length + 1 + random.nextInt(20));
                case 4 -> splice(message, other);
                case 5 -> swap(message);
                default -> other;
            };
        }
        return changed;
    }

    private byte[] flip(byte[] message) {
        byte[] changed = message.clone();
        for (int times = random.nextInt(3); times >= 0; times--) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return changed;
    }

    private byte[] fill(byte[] message) {
        byte[] changed = message.clone();
        int from = random.nextInt(changed.length);
        for (int i = from; i < Math.min(changed.length, from + 1 + random.nextInt(16)); i++) {
            changed[i] = (byte) random.nextInt();
        }
        return changed;
    }

    private byte[] splice(byte[] message, byte[] other) {
        int at = random.nextInt(Math.min(message.length, other.length));
        byte[] changed = Arrays.copyOf(message, Math.max(at, other.length));
        System.arraycopy(other, at, changed, at, other.length - at);
        return changed;
    }

    private byte[] swap(byte[] message) {
        byte[] changed = message.clone();
        int a = random.nextInt(changed.length);
        int b = random.nextInt(changed.length);
        changed[a] = message[b];
        changed[b] = message[a];
        return changed;
    }

    @Test
    void noChangedHandshakeMessageIsAccepted() {
        Dialogue other = Dialogue.run((index, message) -> message);
        assertThat(other.isEstablished()).isTrue();
        for (int i = 0; i < MUTATIONS; i++) {
            int target = random.nextInt(Dialogue.MESSAGES);
            Dialogue dialogue =
                    Dialogue.run((index, message) -> index == target ? mutate(message, other.said[index]) : message);
            assertThat(dialogue.isEstablished())
                    .as("seed %d, mutation %d of message %d", SEED, i, target)
                    .isFalse();
            // The master must not believe in a worker unless only its own last word was changed.
            if (target < Dialogue.MESSAGES - 1) {
                assertThat(dialogue.master instanceof Handshake.Step.Established)
                        .isFalse();
            }
        }
    }

    @Test
    void noChangedSignedMessageGivesAnotherText() {
        byte[] text = "what was signed".getBytes();
        byte[] wire = seal(text);
        byte[] other = seal("something else that was signed".getBytes());
        int accepted = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] changed = mutate(wire, other);
            SignedMessages.Opened opened = SignedMessages.open(
                    Keys.own("master"), java.util.List.of(Keys.peer("worker")), changed, Keys.CLOCK);
            if (opened instanceof SignedMessages.Opened.Good good && !Arrays.equals(changed, other)) {
                accepted++;
                assertThat(good.text()).as("seed %d, mutation %d", SEED, i).isEqualTo(text);
            }
        }
        // Bits that OpenPGP ignores, such as the top one of a point: the text is the same, the transcript is not.
        assertThat(accepted).isLessThan(1 + MUTATIONS / 20);
    }

    private static byte[] seal(byte[] text) {
        try {
            return SignedMessages.seal(Keys.own("worker"), Keys.peer("master"), text, Keys.CLOCK.instant());
        } catch (PGPException | IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noChangedRecordIsAccepted() {
        byte[] data = new byte[300];
        byte[] other = seal(key(), data);
        random.nextBytes(data);
        byte[] wire = seal(key(), data);
        for (int i = 0; i < MUTATIONS * 4; i++) {
            RecordOpener opener = new RecordOpener(key());
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            byte[] changed = mutate(wire, other);
            Optional<String> problem = opener.open(
                    ByteBuffer.wrap(changed), out -> got.write(out.array(), out.position(), out.remaining()));
            boolean cutOrLonger = got.size() == data.length && Arrays.equals(wire, Arrays.copyOf(changed, wire.length));
            boolean another = Arrays.equals(changed, other);
            assertThat(got.size() == 0 || cutOrLonger || another)
                    .as("seed %d, mutation %d: %s", SEED, i, problem)
                    .isTrue();
            if (got.size() > 0 && !another) {
                assertThat(got.toByteArray()).isEqualTo(data);
            }
        }
    }

    private static TrafficKey key() {
        return new TrafficKey(new byte[32], Keys.WORKER, System::nanoTime);
    }

    private static byte[] seal(TrafficKey key, byte[] data) {
        ByteBuffer wire = new RecordSealer(key).seal(ByteBuffer.wrap(data));
        byte[] bytes = new byte[wire.remaining()];
        wire.get(bytes);
        return bytes;
    }
}
