package org.papertrader.health.internal;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Whether the framework answers: services come and go, and no threads wait for each other for ever. */
@Component(
        service = HealthCheck.class,
        property = {"hc.name=framework", "hc.tags=papertrader", "hc.tags=live", "hc.tags=ready"})
public final class FrameworkHealth implements HealthCheck {
    private static final String PROBE = "org.papertrader.health.probe";

    private final BundleContext context;

    @Activate
    public FrameworkHealth(BundleContext context) {
        this.context = context;
    }

    @Override
    public Result execute() {
        context.registerService(String.class, PROBE, FrameworkUtil.asDictionary(Map.of(PROBE, true)))
                .unregister();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] deadlocked = threads.findDeadlockedThreads();
        if (deadlocked != null) {
            String names = Arrays.stream(threads.getThreadInfo(deadlocked))
                    .filter(Objects::nonNull)
                    .map(ThreadInfo::getThreadName)
                    .collect(Collectors.joining(", "));
            return new Result(
                    Result.Status.CRITICAL,
                    "threads wait for each other for ever: " + names + "; keep what jstack says, then restart");
        }
        return new Result(Result.Status.OK, "answers, " + threads.getThreadCount() + " threads");
    }
}
