package org.papertrader.link.internal.secure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PRO-9")
class RecordsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final RecordSealer sealer = new RecordSealer(key(Keys.WORKER));
    private final RecordOpener opener = new RecordOpener(key(Keys.WORKER));
    private final ByteArrayOutputStream got = new ByteArrayOutputStream();

    private TrafficKey key(UUID worker) {
        return new TrafficKey(new byte[32], worker, nanos::get);
    }

    private byte[] seal(byte... data) {
        ByteBuffer wire = sealer.seal(ByteBuffer.wrap(data));
        byte[] bytes = new byte[wire.remaining()];
        wire.get(bytes);
        return bytes;
    }

    private Optional<String> open(RecordOpener by, byte[] wire) {
        return by.open(ByteBuffer.wrap(wire), data -> got.write(data.array(), data.position(), data.remaining()));
    }

    @Test
    void anyLengthComesThroughHoweverItIsSplit() {
        Random random = new Random(1);
        for (int length : new int[] {1, 100, 65_535, 65_536, 65_537, 300_000}) {
            byte[] data = new byte[length];
            random.nextBytes(data);
            byte[] wire = seal(data);
            got.reset();
            for (int at = 0; at < wire.length; ) {
                int part = Math.min(wire.length - at, 1 + random.nextInt(5_000));
                ByteBuffer in = ByteBuffer.wrap(wire, at, part);
                assertThat(opener.open(in, out -> got.write(out.array(), out.position(), out.remaining())))
                        .isEmpty();
                at += part;
            }
            assertThat(got.toByteArray()).isEqualTo(data);
        }
    }

    @Test
    void n28ARepeatedLeftOutOrReorderedRecordEndsTheLink() {
        byte[] first = seal((byte) 1);
        byte[] second = seal((byte) 2);
        assertThat(open(opener, first)).isEmpty();
        assertThat(open(opener, first)).contains("a record that was changed, repeated or left out");
        assertThat(open(opener, second)).as("nothing more is opened").isPresent();
        assertThat(open(new RecordOpener(key(Keys.WORKER)), second)).isPresent();
        assertThat(got.toByteArray()).containsExactly(1);
    }

    @Test
    void n29ARecordOfAnotherUuidEndsTheLink() {
        byte[] wire = seal((byte) 1);
        long most = Keys.WORKER.getMostSignificantBits();
        long least = Keys.WORKER.getLeastSignificantBits();
        for (UUID other : List.of(new UUID(most ^ 1, least), new UUID(most, least ^ 1))) {
            assertThat(open(new RecordOpener(key(other)), wire)).isPresent();
        }
        assertThat(got.size()).isZero();
    }

    @Test
    void everyChangedBitEndsTheLink() {
        byte[] wire = seal(new byte[50]);
        for (int bit = 0; bit < wire.length * Byte.SIZE; bit++) {
            byte[] changed = wire.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            RecordOpener fresh = new RecordOpener(key(Keys.WORKER));
            Optional<String> problem = open(fresh, changed);
            boolean waitsForMore = problem.isEmpty();
            assertThat(waitsForMore && bit / Byte.SIZE >= Integer.BYTES)
                    .as("bit %d", bit)
                    .isFalse();
        }
        assertThat(got.size()).isZero();
    }

    @Test
    void lengthsThatNoRecordHasAreRefusedBeforeAnythingIsKept() {
        for (int length : new int[] {0, -1, 16, 65_554, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            RecordOpener fresh = new RecordOpener(key(Keys.WORKER));
            assertThat(open(fresh, ByteBuffer.allocate(4).putInt(length).array()))
                    .contains("a sealed record of " + length + " bytes");
        }
    }

    @Test
    void keysChangeAfterTheirHourAndAnOlderOneIsNotHeard() {
        byte[] before = seal((byte) 1);
        nanos.addAndGet(TrafficKey.AGE_NANOS);
        byte[] after = seal((byte) 2);
        assertThat(after).hasSizeGreaterThan(before.length);
        assertThat(open(opener, before)).isEmpty();
        assertThat(open(opener, after)).isEmpty();
        assertThat(open(opener, seal((byte) 3))).isEmpty();
        assertThat(got.toByteArray()).containsExactly(1, 2, 3);

        byte[] late = seal((byte) 4);
        nanos.addAndGet(TrafficKey.AGE_MAX_NANOS);
        assertThat(open(opener, late)).contains("the other side keeps its key for too long");
    }

    @Test
    void keysChangeAfterTwoToTheTwentyRecords() {
        byte[] data = {7};
        long sent = 0;
        for (; sent < TrafficKey.RECORDS_MAX + 10; sent++) {
            ByteBuffer wire = sealer.seal(ByteBuffer.wrap(data));
            boolean changes = wire.remaining() > RecordSealer.OVERHEAD + 1;
            assertThat(changes).isEqualTo(sent == TrafficKey.RECORDS_MAX - 1);
            Optional<String> problem = opener.open(wire, out -> got.write(out.get()));
            assertThat(problem).isEmpty();
        }
        assertThat(got.size()).isEqualTo((int) sent);
    }

    @Test
    void aSenderThatNeverChangesItsKeyIsNotHeard() {
        TrafficKey stubborn = key(Keys.WORKER);
        assertThat(stubborn.left()).isEqualTo(1 << 20);
        TrafficKey used = key(Keys.WORKER);
        for (long i = 0; i < TrafficKey.RECORDS_MAX; i++) {
            cipher(used);
        }
        assertThat(used.left()).isZero();
        org.assertj.core.api.Assertions.assertThatIllegalStateException().isThrownBy(() -> cipher(used));
        assertThat(open(new RecordOpener(used), seal((byte) 1))).contains("the other side keeps its key for too long");
    }

    private static void cipher(TrafficKey key) {
        try {
            key.cipher(javax.crypto.Cipher.ENCRYPT_MODE, 17);
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void recordsAreSealedByTheJdk() {
        assertThat(Crypto.aesGcm().getProvider().getName()).isEqualTo("SunJCE");
    }
}
