package org.papertrader.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.ProtocolV1;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.api.ClientConnection;
import org.papertrader.transport.internal.Frames.Got;

/** What nobody asked for comes all the same, whatever else is going on. */
@Tag("PRO-8")
class NoticesTest {
    /** As many as an account may have open orders. */
    private static final int NOTICES = 1_000;

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static List<Return> notices() {
        List<Return> notices = new ArrayList<>();
        for (int i = 0; i < NOTICES; i++) {
            notices.add(new Return.MoveToWorker(Refusal.of(ReasonCode.BUSY, "notice " + i)));
        }
        return notices;
    }

    private ClientConnection connection() {
        await().until(() -> !rig.handler.open.isEmpty());
        return rig.handler.open.iterator().next();
    }

    private static void tell(ClientConnection connection) {
        notices().forEach(connection::notice);
        CompletableFuture<Void> handled = new CompletableFuture<>();
        connection.execute(() -> handled.complete(null));
        handled.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    @Tag("CARD-4")
    void noneIsLostWhileTheCodecIsSwapped() {
        try (RawClient client = rig.client()) {
            client.send(Frames.ping(1)).next(1);
            rig.port.unbindCodec(Frames.CODEC);
            tell(connection());
            rig.port.bindCodec(ProtocolV1.frames(), Map.of());

            assertThat(client.next(NOTICES)).extracting(Got::value).isEqualTo(notices());
        }
    }

    @Test
    void noneIsLostBehindATransferThatTheClientReadsSlowly() {
        try (RawClient client = new RawClient(rig.number, 4 * 1024)) {
            rig.handler.payload = new byte[8 * 1024 * 1024];
            client.send(Frames.info(1));
            ClientConnection connection = connection();
            await().until(() -> {
                CompletableFuture<Boolean> under = new CompletableFuture<>();
                rig.port.forEach(each -> under.complete(each.transfers() > 0));
                return under.orTimeout(10, TimeUnit.SECONDS).join();
            });
            tell(connection);
            List<Got> got = client.next(ProtocolLimits.packetCount(rig.handler.payload.length) + NOTICES);

            assertThat(got.stream().filter(frame -> frame.requestId() == 0))
                    .extracting(Got::value)
                    .isEqualTo(notices());
        }
    }
}
