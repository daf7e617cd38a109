package org.papertrader.protocol.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.papertrader.model.Bar;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Transaction;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.ProtocolLimits;

@Tag("PRO-11")
class PayloadCodecV1Test {
    private static final PayloadCodecV1 CODEC = new PayloadCodecV1();

    static Stream<String> payloads() {
        return PayloadSamples.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void truncatedPayloadsAreMalformed(String name) {
        PayloadSamples.Sent sent = PayloadSamples.all().get(name);
        byte[] whole = CODEC.encode(sent.payload());
        for (int cut = 0; cut < whole.length; cut++) {
            assertMalformed(sent.request(), Arrays.copyOf(whole, cut));
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void bytesBehindTheKnownFieldsAreOfNewerServers(String name) {
        PayloadSamples.Sent sent = PayloadSamples.all().get(name);
        byte[] whole = CODEC.encode(sent.payload());

        assertThat(CODEC.decode(sent.request(), Arrays.copyOf(whole, whole.length + 9)))
                .isEqualTo(new DecodeResult.Ok<>(sent.payload()));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void theAnswerToAnotherRequestAndAnotherLayoutAreMalformed(String name) {
        PayloadSamples.Sent sent = PayloadSamples.all().get(name);
        byte[] bytes = CODEC.encode(sent.payload());
        Instruction other = sent.request() == Instruction.GET_ORDERS ? Instruction.LIST_ASSETS : Instruction.GET_ORDERS;
        assertMalformed(other, bytes);
        assertMalformed(Instruction.LOGIN, bytes);

        bytes[1] = 2;
        assertMalformed(sent.request(), bytes);
    }

    @Test
    void rowCountsBeyondTheDataAreRefusedBeforeAnythingIsAllocated() {
        byte[] bytes = CODEC.encode(PayloadSamples.series());
        int countAt = bytes.length - 2 * MarketPayloads.BAR_LENGTH - 4;
        Arrays.fill(bytes, countAt, countAt + 4, (byte) 0xFF);
        assertMalformed(Instruction.GET_ASSET_VALUE_WEEK, bytes);

        Arrays.fill(bytes, countAt - 2, countAt, (byte) 0);
        assertMalformed(Instruction.GET_ASSET_VALUE_WEEK, bytes);
    }

    @Test
    void staleCopiesSaySoAndKeepTheirBytesOtherwise() {
        byte[] fresh = CODEC.encode(PayloadSamples.series());
        byte[] stale = CODEC.markStale(fresh);

        assertThat(CODEC.isStale(fresh)).isFalse();
        assertThat(CODEC.isStale(stale)).isTrue();
        assertThat(CODEC.isStale(new byte[0])).isFalse();
        Payload decoded = ((DecodeResult.Ok<Payload>) CODEC.decode(Instruction.GET_ASSET_VALUE_DAY, stale)).value();
        assertThat(decoded.stamp().stale()).isTrue();
        assertThat(((Payload.Series) decoded).rows())
                .isEqualTo(PayloadSamples.series().rows());
        assertThat(CODEC.encode(decoded)).isEqualTo(stale);
    }

    @Test
    void aSeriesOfAllRowsFitsIntoATransferAndALongerOneIsRefused() {
        Bar bar = PayloadSamples.series().rows().get(0);
        byte[] bytes = CODEC.encode(seriesOf(Collections.nCopies(100_000, bar)));

        assertThat(bytes.length).isLessThan(ProtocolLimits.TRANSFER_DATA_MAX);
        assertThat(ProtocolLimits.packetCount(bytes.length)).isEqualTo((bytes.length + 16_383) / 16_384);
        assertThat(ProtocolLimits.packetCount(0)).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CODEC.encode(seriesOf(Collections.nCopies(300_000, bar))))
                .withMessageContaining("transfer");
    }

    @Test
    void pagesHaveALimit() {
        Payload.TransactionPage golden = (Payload.TransactionPage)
                PayloadSamples.all().get("data/transactions").payload();
        Transaction row = golden.rows().get(0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CODEC.encode(new Payload.TransactionPage(
                        golden.stamp(),
                        golden.owner(),
                        true,
                        true,
                        Collections.nCopies(ProtocolLimits.PAGE_ROWS_MAX + 1, row))));
    }

    @Test
    void barsThatContradictThemselvesAreMalformed() {
        byte[] bytes = CODEC.encode(PayloadSamples.series());
        int firstHigh = bytes.length - 2 * MarketPayloads.BAR_LENGTH + 16 + 9;
        Arrays.fill(bytes, firstHigh + 1, firstHigh + 9, (byte) 0);
        assertMalformed(Instruction.GET_ASSET_VALUE_DAY, bytes);
    }

    private static Payload seriesOf(List<Bar> rows) {
        return new Payload.Series(Payload.Stamp.once(Instant.EPOCH), Samples.AAPL, "replay", rows);
    }

    private static void assertMalformed(Instruction request, byte[] bytes) {
        DecodeResult<Payload> result = CODEC.decode(request, bytes);
        assertThat(result).isInstanceOf(DecodeResult.Malformed.class);
        assertThat(((DecodeResult.Malformed<Payload>) result).refusal().code()).isEqualTo(ReasonCode.BAD_FRAME);
    }
}
