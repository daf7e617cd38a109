package org.papertrader.itests.exam;

import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.opentest4j.TestAbortedException;

/** What became of one test, its lifecycle methods and its class included. */
final class Outcome implements TestExecutionListener {

    private final String uniqueId;
    private int testsPassed;
    private @Nullable Throwable failure;
    private @Nullable Throwable abortion;
    private @Nullable String skipReason;

    Outcome(String uniqueId) {
        this.uniqueId = uniqueId;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skipReason = reason;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Throwable thrown = result.getThrowable().orElse(null);
        if (result.getStatus() == Status.FAILED) {
            addFailure(thrown == null ? new AssertionError(test.getDisplayName() + " failed") : thrown);
        } else if (result.getStatus() == Status.ABORTED) {
            abortion = thrown == null ? new TestAbortedException(test.getDisplayName()) : thrown;
        } else if (test.isTest()) {
            testsPassed++;
        }
    }

    void throwUnlessPassed() {
        if (failure != null) {
            throw new ContainerTestFailure(failure);
        }
        if (abortion != null) {
            throw new ContainerTestFailure(abortion);
        }
        if (skipReason != null) {
            throw new ContainerTestFailure(new TestAbortedException("skipped in the container: " + skipReason));
        }
        if (testsPassed == 0) {
            throw new ContainerTestFailure(new IllegalStateException("no test ran in the container: " + uniqueId));
        }
    }

    private void addFailure(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
        } else if (failure != thrown) {
            failure.addSuppressed(thrown);
        }
    }
}
