package org.papertrader.link.internal;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.papertrader.link.api.LinkListener;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.link.api.LinkRequestHandler;
import org.papertrader.link.api.NoticeListener;
import org.papertrader.link.internal.secure.Keys;
import org.papertrader.link.internal.secure.Loaded;
import org.papertrader.model.WorkerServer;
import org.papertrader.model.WorkerStatus;
import org.papertrader.sessions.api.PresenceListener.Presence;
import org.papertrader.transport.internal.LoopbackTransport;
import org.papertrader.workers.api.Workers;

/** Both ends of links over the real transport, with fakes behind them. */
final class LinkRig implements AutoCloseable {
    final Router router = new Router();
    final Register register = new Register();
    final Hearer hearer = new Hearer();
    final AtomicInteger permits = new AtomicInteger();
    final LoopbackTransport workerTransport = new LoopbackTransport();
    final ScheduledExecutorService timer = Timers.timer("test");
    final ThreadPoolExecutor work = KeyWork.pool("test-keys");
    String masterKey = "master";
    final long waitingBytesMax;
    LoopbackTransport masterTransport = new LoopbackTransport();
    MasterEnd master;
    final int port;
    MasterConnection worker;
    Duration timeout = Duration.ofSeconds(30);

    LinkRig() {
        this(Long.MAX_VALUE);
    }

    LinkRig(long waitingBytesMax) {
        this.waitingBytesMax = waitingBytesMax;
        master = newMaster();
        port = masterTransport.open(0, master);
    }

    LinkRig started() {
        worker = worker(Samples.WORKER);
        worker.bindListener(hearer, Map.of());
        worker.notices().bind(hearer, Map.of());
        start(worker);
        return this;
    }

    private MasterEnd newMaster() {
        MasterEnd end = new MasterEnd(Keys.own(masterKey), waitingBytesMax);
        end.bindCodec(Samples.CODEC, Map.of());
        end.bindHandler(router, Map.of());
        end.bindWorkers(register, Map.of());
        return end;
    }

    MasterConnection worker(UUID uuid) {
        return worker(uuid, port);
    }

    MasterConnection worker(UUID uuid, int toPort) {
        WorkerServer server = new WorkerServer(uuid, "w1", "127.0.0.1", 2049, "local", "");
        Uplink.Setup setup = new Uplink.Setup(server, "0.1.0", 100, timeout.toNanos());
        MasterConnection connection = new MasterConnection(
                workerTransport.connector(),
                new MasterConnection.Target("127.0.0.1", toPort, setup),
                timer,
                work,
                permits::incrementAndGet);
        connection.codecs().bind(Samples.CODEC, Map.of());
        return connection;
    }

    /** With the key that the register has of it. */
    void start(MasterConnection connection) {
        start(connection, "worker");
    }

    void start(MasterConnection connection, String key) {
        connection.start(new MasterConnection.Proofs(Keys.own(key), () -> new Loaded.Good<>(Keys.peer("master"))));
    }

    void killMaster() {
        master.stop();
        masterTransport.close();
    }

    void restartMaster() {
        master = newMaster();
        masterTransport = new LoopbackTransport();
        masterTransport.open(port, master);
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.stop();
        }
        killMaster();
        workerTransport.close();
        timer.shutdownNow();
        work.shutdownNow();
    }

    static final class Router implements LinkRequestHandler {
        final Queue<LinkRequest> requests = new ConcurrentLinkedQueue<>();
        final Queue<Presence> presences = new ConcurrentLinkedQueue<>();
        volatile Function<LinkRequest, CompletionStage<LinkReply>> answer =
                request -> CompletableFuture.completedFuture(Samples.answer());
        volatile List<LinkPush> welcome = List.of();

        @Override
        public CompletionStage<LinkReply> handle(LinkRequest request) {
            requests.add(request);
            return answer.apply(request);
        }

        @Override
        public void presence(UUID worker, List<Presence> changes) {
            presences.addAll(changes);
        }

        @Override
        public List<LinkPush> welcome(UUID worker) {
            return welcome;
        }
    }

    static final class Register implements Workers {
        final Queue<UUID> left = new ConcurrentLinkedQueue<>();
        final AtomicInteger asked = new AtomicInteger();
        final AtomicInteger admitted = new AtomicInteger();
        final AtomicInteger knocks = new AtomicInteger();
        final Queue<String> proved = new ConcurrentLinkedQueue<>();
        volatile List<String> keys = List.of(Keys.armored("worker"));
        final Queue<StatusBodies.Told> told = new ConcurrentLinkedQueue<>();
        volatile boolean closed;

        @Override
        public Knock knock(UUID worker, InetAddress address) {
            knocks.incrementAndGet();
            return closed || !worker.equals(Samples.WORKER)
                    ? new Knock.Stranger("not on the list")
                    : new Knock.Known(keys);
        }

        @Override
        public Admission admit(WorkerHello hello, InetAddress address) {
            asked.incrementAndGet();
            proved.add(hello.keyFingerprint());
            if (closed || !hello.server().uuid().equals(Samples.WORKER)) {
                return new Admission.Rejected("not on the list");
            }
            admitted.incrementAndGet();
            return new Admission.Admitted();
        }

        @Override
        public void left(UUID worker) {
            left.add(worker);
        }

        @Override
        public void reported(UUID worker, Instant asked, WorkerStatus status) {
            told.add(new StatusBodies.Told(asked, status));
        }

        @Override
        public WorkerClock clock(UUID worker) {
            return new WorkerClock.Unmeasured();
        }

        @Override
        public List<WorkerServer> available(@Nullable UUID near) {
            return List.of();
        }
    }

    static final class Hearer implements LinkListener, NoticeListener {
        final Queue<Object> heard = new ConcurrentLinkedQueue<>();

        @Override
        public void up() {
            heard.add("up");
        }

        @Override
        public void down() {
            heard.add("down");
        }

        @Override
        public void pushed(LinkPush push) {
            heard.add(push);
        }

        @Override
        public void noticed(List<LinkPush.AccountNotice> notices) {
            heard.add(new LinkPush.Notices(notices));
        }
    }
}
