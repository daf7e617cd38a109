package org.papertrader.log.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.hc.api.Result.Status;
import org.junit.jupiter.api.Test;

class LogHealthTest {
    private final AtomicReference<String> trouble = new AtomicReference<>("");
    private final AtomicLong dropped = new AtomicLong(3);
    private final AtomicLong nanos = new AtomicLong();
    private final LogHealth health = new LogHealth(trouble::get, dropped::get, nanos::get);

    @Test
    void whatCannotBeWrittenIsCriticalUntilItCan() {
        assertThat(health.execute().getStatus()).isEqualTo(Status.OK);
        trouble.set("since yesterday: No space left on device");
        assertThat(health.execute().getStatus()).isEqualTo(Status.CRITICAL);
        assertThat(health.execute().toString()).contains("No space left");
        trouble.set("");
        assertThat(health.execute().getStatus()).isEqualTo(Status.OK);
    }

    @Test
    void lossesAreToldForAWhile() {
        assertThat(health.execute().getStatus()).as("losses of before").isEqualTo(Status.OK);
        dropped.set(10);
        assertThat(health.execute().getStatus()).isEqualTo(Status.WARN);
        assertThat(health.execute().toString()).contains("7 entries were lost");
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(11));
        assertThat(health.execute().getStatus()).isEqualTo(Status.OK);
    }
}
