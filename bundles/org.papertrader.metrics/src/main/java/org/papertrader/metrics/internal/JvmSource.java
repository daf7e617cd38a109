package org.papertrader.metrics.internal;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.MetricSource;
import org.papertrader.metrics.api.Sample;

/** The Java virtual machine and its process, by the names under which dashboards everywhere look for them. */
@Component(service = MetricSource.class)
public final class JvmSource implements MetricSource {
    @Activate
    public JvmSource() {}

    @Override
    public List<MetricFamily> metrics() {
        List<MetricFamily> all = new ArrayList<>(memory());
        all.addAll(collections());
        all.addAll(threadsAndClasses());
        all.addAll(process());
        return all;
    }

    private static List<MetricFamily> memory() {
        Map<String, MemoryUsage> areas = Map.of(
                "heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage(),
                "nonheap", ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage());
        return List.of(
                MetricFamily.gauge("jvm_memory_used_bytes", "Memory in use.", areas(areas, MemoryUsage::getUsed)),
                MetricFamily.gauge(
                        "jvm_memory_committed_bytes",
                        "Memory that the JVM has from the system.",
                        areas(areas, MemoryUsage::getCommitted)),
                MetricFamily.gauge(
                        "jvm_memory_max_bytes",
                        "Most memory that there may be; -1 where there is no bound.",
                        areas(areas, MemoryUsage::getMax)),
                MetricFamily.gauge(
                        "jvm_memory_pool_used_bytes",
                        "Memory in use in a pool.",
                        ManagementFactory.getMemoryPoolMXBeans().stream()
                                .map(pool -> Sample.of(Map.of("pool", pool.getName()), used(pool)))
                                .toList()));
    }

    private static long used(MemoryPoolMXBean pool) {
        MemoryUsage usage = pool.getUsage();
        return usage == null ? 0 : usage.getUsed();
    }

    private static List<Sample> areas(Map<String, MemoryUsage> areas, ToLongFunction<MemoryUsage> value) {
        return areas.entrySet().stream()
                .map(area -> Sample.of(Map.of("area", area.getKey()), value.applyAsLong(area.getValue())))
                .toList();
    }

    private static List<MetricFamily> collections() {
        List<Sample> counts = new ArrayList<>();
        List<Sample> times = new ArrayList<>();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            Map<String, String> labels = Map.of("gc", collector.getName());
            counts.add(Sample.of(labels, Math.max(0, collector.getCollectionCount())));
            times.add(Sample.nanos(labels, TimeUnit.MILLISECONDS.toNanos(Math.max(0, collector.getCollectionTime()))));
        }
        return List.of(
                MetricFamily.counter("jvm_gc_collections_total", "Garbage collections.", counts),
                MetricFamily.counter("jvm_gc_collection_seconds_total", "Time in garbage collections.", times));
    }

    private static List<MetricFamily> threadsAndClasses() {
        var threads = ManagementFactory.getThreadMXBean();
        var classes = ManagementFactory.getClassLoadingMXBean();
        return List.of(
                MetricFamily.gauge("jvm_threads_current", "Threads.", threads.getThreadCount()),
                MetricFamily.gauge("jvm_threads_daemon", "Daemon threads.", threads.getDaemonThreadCount()),
                MetricFamily.gauge(
                        "jvm_threads_peak", "Most threads at a time until now.", threads.getPeakThreadCount()),
                MetricFamily.gauge("jvm_classes_currently_loaded", "Classes.", classes.getLoadedClassCount()),
                MetricFamily.counter(
                        "jvm_classes_unloaded_total",
                        "Classes that were unloaded; grows when bundles are swapped.",
                        classes.getUnloadedClassCount()));
    }

    private static List<MetricFamily> process() {
        var runtime = ManagementFactory.getRuntimeMXBean();
        List<MetricFamily> all = new ArrayList<>();
        all.add(MetricFamily.gauge(
                "process_start_time_seconds",
                "When the process was started, in seconds of the epoch.",
                List.of(Sample.at(Map.of(), Instant.ofEpochMilli(runtime.getStartTime())))));
        long cpu = 0;
        long open = 0;
        long most = 0;
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            cpu = Math.max(0, system.getProcessCpuTime());
            if (system instanceof UnixOperatingSystemMXBean unix) {
                open = unix.getOpenFileDescriptorCount();
                most = unix.getMaxFileDescriptorCount();
            }
        }
        all.add(MetricFamily.counter(
                "process_cpu_seconds_total",
                "Time of processors that was used.",
                List.of(Sample.nanos(Map.of(), cpu))));
        all.add(MetricFamily.gauge("process_open_fds", "Open files and sockets.", open));
        all.add(MetricFamily.gauge("process_max_fds", "Most files and sockets that may be open.", most));
        return all;
    }
}
