package org.papertrader.master.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.accounts.api.LoginOutcome;
import org.papertrader.metrics.api.Readings;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.Request;

/** What workers ask is counted when it is answered; logins and why they fail among it. */
@Tag("DS-7")
class RouterMetricsTest extends RouterRig {
    @Test
    void countsByInstructionAndResult() {
        master.accounts.script.answers(new LoginOutcome.LoggedIn(Fakes.SESSION, Fakes.session()));
        ask(SessionId.NONE, new Request.Login(ALICE, PASS, true));
        master.accounts.script.answers(new LoginOutcome.Refused(Refusal.of(ReasonCode.BAD_CREDENTIALS)));
        ask(SessionId.NONE, new Request.Login(ALICE, PASS, true));
        ask(SessionId.NONE, new Request.Login(ALICE, PASS, true));

        Readings readings = Readings.of(master.router::metrics);
        assertThat(logins(readings, "ok")).isEqualTo(1);
        assertThat(logins(readings, "badCredentials")).isEqualTo(2);
        assertThat(readings.value(
                        "papertrader_request_duration_seconds", Map.of("side", "master", "instruction", "login")))
                .isEqualTo(3);
        assertThat(readings.value("papertrader_parked_requests", Map.of("side", "master")))
                .isZero();
    }

    private static double logins(Readings readings, String result) {
        return readings.value(
                "papertrader_requests_total", Map.of("side", "master", "instruction", "login", "result", result));
    }
}
