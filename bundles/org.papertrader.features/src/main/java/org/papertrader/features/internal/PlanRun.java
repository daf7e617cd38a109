package org.papertrader.features.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.papertrader.features.internal.FeatureInstaller.Content;
import org.papertrader.features.internal.Probation.Failed;

/** Carries a plan out, one bundle after the other, and tells each step to the journal and to whoever waits. */
final class PlanRun {
    private final Plan plan;
    private final BundleChanges changes;
    private final Journal journal;
    private final Consumer<String> progress;
    private final Map<Coordinates, Bundle> present;
    private final List<Bundle> late = new ArrayList<>();
    private final int steps;
    private int done;

    PlanRun(Plan plan, BundleChanges changes, Journal journal, Consumer<String> progress) {
        this.plan = plan;
        this.changes = changes;
        this.journal = journal;
        this.progress = progress;
        this.present = new LinkedHashMap<>(plan.keep());
        this.steps = plan.add().size() + plan.replace().size() + plan.retire().size();
    }

    /**
     * Does it.
     *
     * @param wanted the bundles of the feature as it shall be, in start order
     * @return these bundles
     */
    Map<Coordinates, Bundle> run(Collection<Coordinates> wanted)
            throws BundleException, FeatureException, Failed, IOException, InterruptedException {
        for (Map.Entry<Coordinates, Content> entry : plan.add().entrySet()) {
            present.put(entry.getKey(), changes.add(entry.getValue()));
        }
        for (Coordinates id : wanted) {
            Plan.Replacement replacement = plan.replace().get(id);
            Bundle added = plan.add().containsKey(id) ? present.get(id) : null;
            if (replacement != null) {
                replace(id, replacement);
            } else if (added != null) {
                start(id, added);
            }
        }
        for (Bundle bundle : late) {
            changes.start(bundle);
        }
        for (Bundle bundle : plan.retire()) {
            changes.retire(bundle);
            step("stopped " + bundle.getSymbolicName() + " " + bundle.getVersion());
        }
        Map<Coordinates, Bundle> result = new LinkedHashMap<>();
        wanted.forEach(id -> result.put(id, present.get(id)));
        return result;
    }

    private void start(Coordinates id, Bundle bundle) throws BundleException, IOException, InterruptedException {
        try {
            changes.start(bundle);
            step("started " + id.artifact() + " " + bundle.getVersion());
        } catch (BundleException e) {
            if (plan.replace().isEmpty() || StartFailure.missing(e).isEmpty()) {
                throw e;
            }
            // Perhaps one of those that are still to be replaced brings what is missing.
            late.add(bundle);
        }
    }

    private void replace(Coordinates id, Plan.Replacement replacement)
            throws BundleException, FeatureException, Failed, IOException, InterruptedException {
        String before = replacement.old().getVersion().toString();
        boolean beside = BundleChanges.canStandBeside(replacement.old(), replacement.content());
        journal.step("replacing " + id.artifact() + " " + before);
        Bundle bundle = changes.replace(replacement.old(), replacement.content());
        present.put(id, bundle);
        step("replaced " + id.artifact() + " " + before + " by " + bundle.getVersion()
                + (beside ? ", which had come up beside it" : ", in place"));
    }

    private void step(String line) throws IOException {
        done++;
        journal.step(line);
        progress.accept(done + "/" + steps + " " + line);
    }
}
