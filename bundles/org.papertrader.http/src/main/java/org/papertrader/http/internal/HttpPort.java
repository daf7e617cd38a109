package org.papertrader.http.internal;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP port: opens once the program has started, keeps trying while it cannot, tells where it is, and leaves the port
 * to a newer version of itself. Only its own thread opens and closes.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.papertrader.http")
@Designate(ocd = HttpConfig.class)
public final class HttpPort {
    /** Of the String service by which versions of this bundle know each other; the service is the version. */
    private static final String VERSION = "org.papertrader.http.version";

    private static final Logger LOG = LoggerFactory.getLogger(HttpPort.class);
    /** Lets the start of a program go first. */
    private static final Duration START_DELAY = Duration.ofMillis(500);
    /** A predecessor may have requests under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Duration RETRY_SOON = Duration.ofMillis(20);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final BundleContext context;
    private final HttpConfig config;
    private final Version version;
    private final Pages pages = new Pages();
    private final Set<String> newer = ConcurrentHashMap.newKeySet();
    private final AddressFile file;
    private final ScheduledExecutorService thread;
    private final long begin = System.nanoTime();
    private volatile boolean active;
    private volatile boolean started;
    private boolean closed;
    private @Nullable Listener listener;
    private @Nullable ServiceRegistration<String> announced;
    private String url = "";
    private String trouble = "";

    @Activate
    public HttpPort(BundleContext context, HttpConfig config) {
        this.context = context;
        this.config = config;
        this.version = context.getBundle().getVersion();
        this.file = new AddressFile(Path.of(config.addressFile()));
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "papertrader-http");
            made.setDaemon(true);
            return made;
        });
    }

    @Activate
    void activate() {
        active = true;
    }

    @Deactivate
    synchronized void close() {
        closed = true;
        settle();
        thread.shutdownNow();
        if (announced != null) {
            announced.unregister();
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(" + Pages.PATH + "=*)")
    void bindHandler(HttpHandler handler, Map<String, Object> properties) {
        pages.bind(handler, properties);
    }

    void unbindHandler(HttpHandler handler, Map<String, Object> properties) {
        pages.unbind(handler, properties);
    }

    /** The start of the program is over. Whoever comes later, as a successor, opens at once. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            target = "(papertrader.started=*)")
    void bindStarted(String features) {
        started = true;
        settleIn(active ? START_DELAY : Duration.ZERO);
    }

    void unbindStarted(String features) {
        // The program ends, and this with it.
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(" + VERSION + "=*)")
    void bindPort(String other) {
        if (Version.parseVersion(other).compareTo(version) > 0) {
            newer.add(other);
            settleIn(Duration.ZERO);
        }
    }

    void unbindPort(String other) {
        if (newer.remove(other)) {
            settleIn(Duration.ZERO);
        }
    }

    private void settleIn(Duration delay) {
        if (!thread.isShutdown()) {
            thread.schedule(this::settle, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void settle() {
        boolean wanted = config.enabled() && started && newer.isEmpty() && !closed;
        if (wanted && listener == null) {
            open();
        } else if (!wanted && listener != null) {
            leave(listener);
            listener = null;
        }
    }

    private void open() {
        try {
            InetAddress address = InetAddress.getByName(config.address());
            Listener opened = new Listener(new InetSocketAddress(address, config.port()), pages);
            listener = opened;
            url = AddressFile.url(opened.address());
            trouble = "";
            tell(opened.address());
        } catch (IOException | IllegalArgumentException e) {
            report(e.toString());
            settleIn(isEarly() ? RETRY_SOON : RETRY);
        }
        // Not before: until then a predecessor serves.
        if (announced == null) {
            announced = context.registerService(
                    String.class, version.toString(), FrameworkUtil.asDictionary(Map.of(VERSION, version.toString())));
        }
    }

    private void tell(InetSocketAddress address) {
        LOG.info("HTTP on {}", url);
        if (!address.getAddress().isLoopbackAddress()) {
            LOG.warn(
                    "HTTP listens on {}: whoever reaches it reads it without a login; keep it behind a firewall",
                    config.address());
        }
        try {
            file.write(url);
        } catch (IOException e) {
            LOG.error("cannot write {}, by which programs find the HTTP port {}: {}", file, url, e.toString());
        }
    }

    private void report(String reason) {
        if (!reason.equals(trouble) && !isEarly()) {
            trouble = reason;
            LOG.error(
                    "no HTTP on {} port {}: {}; stop the other program or set org.papertrader.http:port;"
                            + " it is tried again every {} s",
                    config.address(),
                    config.port(),
                    reason,
                    RETRY.toSeconds());
        }
    }

    private boolean isEarly() {
        return System.nanoTime() - begin < PATIENCE.toNanos();
    }

    private void leave(Listener leaving) {
        try {
            // First: a successor on the same port writes the same line.
            file.remove(url);
        } catch (IOException e) {
            LOG.warn("cannot remove {}: {}", file, e.toString());
        }
        url = "";
        if (context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() != Bundle.STOPPING) {
            leaving.linger();
        }
        leaving.close();
    }
}
