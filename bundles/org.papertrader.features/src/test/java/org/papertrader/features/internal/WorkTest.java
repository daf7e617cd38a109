package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class WorkTest {
    private final List<String> outcomes = Collections.synchronizedList(new ArrayList<>());
    private final Work work = new Work(line -> outcomes.add("done: " + line), line -> outcomes.add("failed: " + line));

    @BeforeEach
    void open() {
        work.open();
    }

    /** Else it would find nothing installed, and the start would take its journal and its files away. */
    @Test
    void aChangeWaitsForTheStartOfTheProgram() throws Exception {
        Work early = new Work(line -> {}, line -> {});
        CountDownLatch told = new CountDownLatch(1);
        CompletableFuture<String> change = CompletableFuture.supplyAsync(() -> {
            try {
                return early.run(progress -> "changed", line -> told.countDown());
            } catch (FeatureException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        told.await();
        assertThatThrownBy(() -> change.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        early.open();
        assertThat(change.get()).isEqualTo("changed");
    }

    /** Also when nobody is there any more to hear it. */
    @Test
    void whatCameOfAChangeIsKept() throws Exception {
        work.run(progress -> "installed it", line -> {});
        assertThatThrownBy(() -> work.run(
                        progress -> {
                            throw new FeatureException("it is rolled back");
                        },
                        line -> {}))
                .hasMessage("it is rolled back");
        assertThat(outcomes).containsExactly("done: installed it", "failed: it is rolled back");
    }

    @Test
    void tellsEachStepThenTheResult() throws Exception {
        List<String> lines = new ArrayList<>();
        String result = work.run(
                progress -> {
                    progress.accept("one");
                    progress.accept("two");
                    return "done";
                },
                lines::add);
        assertThat(result).isEqualTo("done");
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void refusesASecondChangeMeanwhile() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> {
            try {
                return work.run(
                        progress -> {
                            begun.countDown();
                            end.await();
                            return "first";
                        },
                        line -> {});
            } catch (FeatureException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();
        assertThatThrownBy(() -> work.run(progress -> "second", line -> {}))
                .isInstanceOf(FeatureException.class)
                .hasMessageContaining("another change of features is under way");
        end.countDown();
        assertThat(first.get()).isEqualTo("first");
        assertThat(work.run(progress -> "third", line -> {})).isEqualTo("third");
    }

    @Test
    void goesOnWhenWhoeverAskedLeaves() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread asking = new Thread(() -> {
            try {
                work.run(
                        progress -> {
                            begun.countDown();
                            end.await();
                            done.countDown();
                            return "";
                        },
                        line -> {});
            } catch (FeatureException | InterruptedException left) {
                Thread.currentThread().interrupt();
            }
        });
        asking.start();
        begun.await();
        asking.interrupt();
        asking.join();
        end.countDown();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void handsTheReasonOn() {
        assertThatThrownBy(() -> work.run(
                        progress -> {
                            throw new FeatureException("the reason");
                        },
                        line -> {}))
                .isInstanceOf(FeatureException.class)
                .hasMessage("the reason");
        assertThatThrownBy(() -> work.run(
                        progress -> {
                            throw new IllegalStateException("a bug");
                        },
                        line -> {}))
                .isInstanceOf(FeatureException.class)
                .hasMessageContaining("a bug");
    }
}
