package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;

/** What happens at the first of each step. */
final class MoveScript implements MoveProgress {
    private final Map<Step, Runnable> actions = new EnumMap<>(Step.class);
    private volatile boolean cancelled;
    private int pauses;

    MoveScript at(Step step, Runnable action) {
        actions.put(step, action);
        return this;
    }

    void cancel() {
        cancelled = true;
    }

    int pauses() {
        return pauses;
    }

    @Override
    public void step(Step step) {
        pauses += step == Step.PAUSED ? 1 : 0;
        Runnable action = actions.remove(step);
        if (action != null) {
            action.run();
        }
    }

    @Override
    public void rows(Step step, String table, long done, long all) {
        assertThat(done).isBetween(0L, all);
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
