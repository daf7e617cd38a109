package org.papertrader.itests.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** The control: what fails in the container must fail here, for the same reason and at the same place. */
class BridgeControlTest {

    @Test
    void aFailureInTheContainerIsAFailureOnTheHost() {
        EngineExecutionResults results = run(FailingFixture.class);

        results.testEvents()
                .assertStatistics(tests ->
                        tests.started(4).succeeded(1).failed(2).aborted(1).skipped(1));
        thrown(results, "failsOnPurpose")
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("seen on the host ==> expected: <1> but was: <2>")
                .satisfies(failure -> assertThat(failure.getStackTrace()).anySatisfy(frame -> {
                    assertThat(frame.getFileName()).isEqualTo("FailingFixture.java");
                    assertThat(frame.getMethodName()).isEqualTo("failsOnPurpose");
                    assertThat(frame.getLineNumber()).isEqualTo(FailingFixture.FAILING_LINE);
                }));
        thrown(results, "throwsAnything").isInstanceOf(IOException.class).hasMessage("checked");
        thrown(results, "assumesTooMuch")
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("not today");
    }

    @Test
    void aFailureBeforeOrAfterTheTestIsReportedToo() {
        EngineExecutionResults results = run(FailingLifecycleFixture.class);

        results.testEvents().assertStatistics(tests -> tests.started(1).failed(1));
        thrown(results, "failsAroundIt").hasMessage("before each").satisfies(failure -> assertThat(
                        failure.getSuppressed())
                .extracting(Throwable::getMessage)
                .contains("after each"));
    }

    @Test
    void aContainerThatDoesNotStartFailsTheClass() {
        EngineExecutionResults results = run(BrokenConfigurationFixture.class);

        results.testEvents().assertStatistics(tests -> tests.started(0));
        List<Event> failed = results.containerEvents().failed().list();
        assertThat(failed).hasSize(1);
        assertThat(failed.get(0).getRequiredPayload(TestExecutionResult.class).getThrowable())
                .hasValueSatisfying(failure -> assertThat(failure).hasRootCauseMessage("no such option"));
    }

    @Test
    void factoriesAreRefusedRatherThanRunOnTheHost() {
        run(FactoryFixture.class).allEvents().failed().assertThatEvents().hasSize(1);
    }

    private static EngineExecutionResults run(Class<?> fixture) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(fixture))
                .execute();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> thrown(
            EngineExecutionResults results, String method) {
        List<Throwable> thrown = new ArrayList<>();
        results.testEvents().finished().stream()
                .filter(event -> event.getTestDescriptor().getDisplayName().startsWith(method))
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .forEach(result -> result.getThrowable().ifPresent(thrown::add));
        assertThat(thrown).as(method).hasSize(1);
        return assertThat(thrown.get(0));
    }
}
