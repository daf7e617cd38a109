package org.papertrader.workermanagement.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WorkersInTheShellTest extends RegisterRig {

    @Test
    @Tag("CARD-9")
    void whatIsRefusedIsAnErrorToScripts() {
        load(line(ONE, "alpha eu 127.0.0.1"));
        WorkerCommands plain = new WorkerCommands(desk, clock);
        assertThatThrownBy(() -> plain.show("gamma")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plain.boot("gamma")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plain.list("--xml")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plain.rotate("alpha", "/no/such/file")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("CARD-9")
    void theShellGetsNamesAndNumbers() {
        load(line(ONE, "alpha eu 127.0.0.1"), line(TWO, "beta us 127.0.0.1"));
        admit(ONE, LOOPBACK, 2049);

        assertThat(new WorkerNames(desk).worker("")).containsExactly("alpha", "beta");
        assertThat(new WorkerNames(desk).worker("--json", "be")).containsExactly("beta");
        assertThat(new WorkersSection(desk).workers())
                .containsEntry("connected", 1)
                .containsEntry("registered", 2);
    }
}
