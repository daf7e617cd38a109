package org.papertrader.transport.internal;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the threads that serve connections answer. */
@Component(
        service = HealthCheck.class,
        property = {"hc.name=loops", "hc.tags=papertrader", "hc.tags=live"})
public final class LoopsHealth implements HealthCheck {
    private static final long ANSWER_MAX_MILLIS = 1_500;

    private final OpenPorts ports;

    @Activate
    public LoopsHealth(@Reference OpenPorts ports) {
        this.ports = ports;
    }

    @Override
    public Result execute() {
        return judge(ports.all().stream()
                .flatMap(listener -> listener.eventLoops().stream())
                .filter(loop -> !loop.isShuttingDown())
                .distinct()
                .toList());
    }

    static Result judge(List<? extends EventLoop> loops) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_MAX_MILLIS);
        List<? extends Future<?>> asked =
                loops.stream().map(loop -> loop.submit(() -> {})).toList();
        for (Future<?> answer : asked) {
            // What a loop that ends meanwhile refuses is an answer too.
            if (!answer.awaitUninterruptibly(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                return new Result(
                        Result.Status.CRITICAL,
                        "an event loop does not answer: keep what jstack says of the threads transport-, then restart");
            }
        }
        return new Result(Result.Status.OK, loops.size() + " event loops with connections answer");
    }
}
