package org.papertrader.gateway.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.metrics.api.Readings;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.ConnectionState;
import org.papertrader.protocol.api.Request;

/** Each answer is counted once, whichever way it takes. */
@Tag("DS-8")
class GatewayMetricsTest extends GatewayRig {
    @Test
    void countsByInstructionAndResult() {
        send(SessionId.NONE, new Request.Ping());
        send(SessionId.NONE, BUY);
        sessions.remember(ID, ADA);
        send(ID, new Request.GetAssetValueCurrent(AAPL));
        send(ID, new Request.SwitchState(ConnectionState.DATA_TRANSFER));
        assertThat(requests("ping", "ok")).isEqualTo(1);
        assertThat(requests("purchaseAsset", "noSession")).isEqualTo(1);
        assertThat(requests("getAssetValueCurrent", "wrongState")).isEqualTo(1);
        assertThat(requests("switchState", "ok")).isEqualTo(1);
        assertThat(connection.answers).hasSize(4);
    }

    @Test
    void countsCachedReadsWithTheOthers() {
        sessions.remember(ID, ADA);
        inDataState();
        send(ID, new Request.GetAssetValueCurrent(AAPL));
        assertThat(readings().has("papertrader_requests_total", labels("getAssetValueCurrent", "ok")))
                .as("before it is answered")
                .isFalse();
        market.answer("101.5");
        for (int i = 0; i < 1_000; i++) {
            send(ID, new Request.GetAssetValueCurrent(AAPL));
        }
        assertThat(market.asked).hasSize(1);
        assertThat(requests("getAssetValueCurrent", "ok")).isEqualTo(1_001);
        Map<String, String> read = Map.of("side", "worker", "instruction", "getAssetValueCurrent");
        assertThat(readings().value("papertrader_request_duration_seconds", read))
                .isEqualTo(1);
        assertThat(readings().value("papertrader_cached_read_duration_seconds", Map.of()))
                .isBetween(1.0, 10.0);
    }

    @Test
    void countsNoticesThatNobodyCouldPlace() {
        backend.unbindSessions(sessions);
        for (int i = 0; i < Notices.WAITING_MAX; i++) {
            gateway.notice(filled(ADA));
        }
        assertThat(readings().value("papertrader_notices_unplaced_total", Map.of()))
                .isZero();
        gateway.notice(filled(ADA));
        assertThat(readings().value("papertrader_notices_unplaced_total", Map.of()))
                .isEqualTo(1);
    }

    private double requests(String instruction, String result) {
        return readings().value("papertrader_requests_total", labels(instruction, result));
    }

    private static Map<String, String> labels(String instruction, String result) {
        return Map.of("side", "worker", "instruction", instruction, "result", result);
    }

    private Readings readings() {
        return Readings.of(gateway::metrics);
    }
}
