package org.papertrader.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CARD-9")
class ThreadsCommandTest {
    private final ThreadsCommand command = new ThreadsCommand();

    @Test
    void groupsThreadsAndTellsWhoIsBlocked() throws Exception {
        Object lock = new Object();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread holder = new Thread(
                () -> {
                    synchronized (lock) {
                        held.countDown();
                        await().until(() -> done.getCount() == 0);
                    }
                },
                "it-pool-1");
        Thread blocked = new Thread(
                () -> {
                    synchronized (lock) {
                        done.countDown();
                    }
                },
                "it-pool-2");
        holder.start();
        held.await();
        blocked.start();
        await().until(() -> blocked.getState() == Thread.State.BLOCKED);
        try {
            String shown = command.threads("it-pool");
            assertThat(shown.lines()).allMatch(line -> line.length() <= 80);
            assertThat(shown)
                    .containsPattern("it-pool +2 ")
                    .contains("2 threads")
                    .contains("blocked: it-pool-2 waits for java.lang.Object@")
                    .contains(" of it-pool-1");
            assertThat(command.threads("it-pool-2", "--full"))
                    .startsWith("it-pool-2  BLOCKED")
                    .containsPattern("    .*org.papertrader.shell.internal.ThreadsCommandTest");
            assertThat(command.threads("it-pool-2", "--json"))
                    .startsWith("[{\"name\":\"it-pool-2\",\"state\":\"BLOCKED\",\"cpuMillis\":");
        } finally {
            done.countDown();
            holder.join();
            blocked.join();
        }
    }

    @Test
    void tellsNothingThatWasTypedAfterACommand() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        done.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "pipe-config:set it.x apiKey canary");
        thread.start();
        try {
            for (String shown : List.of(
                    command.threads("pipe-config"),
                    command.threads("pipe-config", "--full"),
                    command.threads("pipe-config", "--json"))) {
                assertThat(shown).contains("pipe-config:set").doesNotContain("canary");
            }
        } finally {
            done.countDown();
            thread.join();
        }
    }

    @Test
    void stacksAreTakenOnceAndOnlyWhereTheyAreShown() {
        List<Object> frames = new ArrayList<>();
        ThreadMXBean real = ManagementFactory.getThreadMXBean();
        ThreadsCommand counted = new ThreadsCommand((ThreadMXBean) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ThreadMXBean.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getThreadInfo")) {
                        frames.add(arguments[1]);
                    }
                    return method.invoke(real, arguments);
                }));
        counted.threads();
        counted.threads("--json");
        assertThat(frames).containsExactly(0, 0);
        frames.clear();
        assertThat(counted.stacks()).contains("GROUP").contains("ThreadsCommandTest.java");
        counted.threads("--full");
        counted.threads("--full", "--json");
        assertThat(frames).hasSize(3).doesNotContain(0);
    }

    @Test
    void findsDeadlocks() throws Exception {
        ReentrantLock one = new ReentrantLock();
        ReentrantLock two = new ReentrantLock();
        CountDownLatch both = new CountDownLatch(2);
        Thread first = locking("it-dead-1", one, two, both);
        Thread second = locking("it-dead-2", two, one, both);
        await().until(() -> first.getState() == Thread.State.WAITING
                && second.getState() == Thread.State.WAITING
                && both.getCount() == 0);
        try {
            await().untilAsserted(() -> assertThat(command.threads("it-dead"))
                    .contains("DEADLOCK: it-dead-1 waits for", "DEADLOCK: it-dead-2 waits for"));
        } finally {
            first.interrupt();
            second.interrupt();
            first.join();
            second.join();
        }
    }

    @Test
    void aTypingErrorIsAnError() {
        assertThatThrownBy(() -> command.threads("--ful"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no option --ful; see threads --help");
        assertThatThrownBy(() -> command.threads("a", "b")).hasMessageStartingWith("too many words");
    }

    private static Thread locking(String name, ReentrantLock mine, ReentrantLock other, CountDownLatch both) {
        Thread thread = new Thread(
                () -> {
                    mine.lock();
                    try {
                        both.countDown();
                        both.await();
                        other.lockInterruptibly();
                        other.unlock();
                    } catch (InterruptedException ended) {
                        // By the test.
                        Thread.currentThread().interrupt();
                    } finally {
                        mine.unlock();
                    }
                },
                name);
        thread.start();
        return thread;
    }
}
