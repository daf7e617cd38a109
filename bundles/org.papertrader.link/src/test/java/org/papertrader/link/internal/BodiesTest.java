package org.papertrader.link.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.workers.api.Workers.WorkerHello;

class BodiesTest {

    @Test
    @Tag("PRO-9")
    void helloSurvivesTheWayWithTheUuidOfItsRecord() {
        WorkerHello read = HelloBodies.read(Samples.WORKER, Samples.HELLO.keyFingerprint(), Samples.hello());

        assertThat(read).isEqualTo(Samples.HELLO);
    }

    @Test
    @Tag("OVR-6")
    void requestsSurviveTheWayWithTheirCallers() {
        for (LinkRequest request : Samples.requests()) {
            LinkRecord record = new LinkRecord(
                    RequestBodies.kind(request), 1, Samples.WORKER, RequestBodies.write(request, Samples.CODEC));

            assertThat(RequestBodies.read(record, Samples.CODEC)).isEqualTo(new DecodeResult.Ok<>(request));
        }
    }

    @Test
    void presenceSurvivesTheWay() {
        assertThat(RequestBodies.presence(RequestBodies.presence(Samples.presence())))
                .isEqualTo(Samples.presence());
        assertThat(RequestBodies.presence(RequestBodies.presence(List.of()))).isEmpty();
    }

    @Test
    void repliesSurviveTheWay() {
        assertThat(ReplyBodies.answer(ReplyBodies.answer(Samples.answer(), Samples.CODEC), Samples.CODEC))
                .isEqualTo(Samples.answer());
        assertThat(ReplyBodies.session(ReplyBodies.session(Samples.session()))).isEqualTo(Samples.session());
    }

    @Test
    @Tag("MST-19")
    void whatAWorkerTellsOfItselfSurvivesTheWay() {
        StatusBodies.Told told = new StatusBodies.Told(Samples.TIME, Samples.status());

        assertThat(StatusBodies.read(StatusBodies.write(told))).isEqualTo(told);
    }

    @Test
    void pushesSurviveTheWay() {
        for (LinkPush push : Samples.pushes()) {
            byte[] body = PushBodies.write(push, Samples.CODEC);

            assertThat(PushBodies.read(PushBodies.kind(push), body, Samples.CODEC))
                    .isEqualTo(push);
        }
    }

    @Test
    void everyCutAndEveryExtraByteIsABadRecord() {
        for (LinkPush push : Samples.pushes()) {
            byte[] body = PushBodies.write(push, Samples.CODEC);
            for (int length = 0; length < body.length; length++) {
                byte[] cut = Arrays.copyOf(body, length);
                assertThatThrownBy(() -> PushBodies.read(PushBodies.kind(push), cut, Samples.CODEC))
                        .as("%s cut to %d bytes", push, length)
                        .isInstanceOf(BadRecord.class);
            }
            byte[] longer = Arrays.copyOf(body, body.length + 1);
            assertThatThrownBy(() -> PushBodies.read(PushBodies.kind(push), longer, Samples.CODEC))
                    .isInstanceOf(BadRecord.class);
        }
    }

    @Test
    void aCountThatTheBytesCannotHoldAllocatesNothing() {
        byte[] body = new BodyWriter().i32(Integer.MAX_VALUE).toBytes();

        assertThatThrownBy(() -> RequestBodies.presence(body)).isInstanceOf(BadRecord.class);
    }
}
