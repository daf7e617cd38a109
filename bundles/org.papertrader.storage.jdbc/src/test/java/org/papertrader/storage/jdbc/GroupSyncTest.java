package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GroupSyncTest {
    private final AtomicInteger flushes = new AtomicInteger();

    @Test
    void makesTwoFlushesForManyWhoCallDuringTheFirst() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        GroupSync sync = new GroupSync(() -> {
            if (flushes.incrementAndGet() == 1) {
                awaitLatch(first);
            }
        });
        List<Thread> callers = new ArrayList<>();
        callers.add(start(sync::sync));
        await().until(() -> flushes.get() == 1);
        for (int i = 0; i < 50; i++) {
            callers.add(start(sync::sync));
        }
        await().until(() -> callers.stream().skip(1).allMatch(t -> t.getState() == Thread.State.WAITING));
        assertThat(callers).allMatch(Thread::isAlive);

        first.countDown();
        for (Thread caller : callers) {
            caller.join(10_000);
        }

        assertThat(callers).noneMatch(Thread::isAlive);
        assertThat(flushes).hasValue(2);
        assertThat(sync.count()).isEqualTo(2);
    }

    @Test
    void givesAFailureToItsCallerAndTriesAgainForTheNext() {
        GroupSync sync = new GroupSync(() -> {
            if (flushes.incrementAndGet() == 1) {
                throw new IllegalStateException("disk full");
            }
        });

        assertThatThrownBy(sync::sync).hasMessage("disk full");
        sync.sync();

        assertThat(flushes).hasValue(2);
        assertThat(sync.count()).isEqualTo(1);
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        return thread;
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
