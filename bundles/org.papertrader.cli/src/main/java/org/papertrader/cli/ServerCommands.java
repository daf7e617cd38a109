package org.papertrader.cli;

import java.time.Duration;
import java.util.List;
import org.papertrader.cli.Report.Column;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.api.ServerInfo;
import picocli.CommandLine.Command;

/** Commands about servers. */
final class ServerCommands {
    private ServerCommands() {}

    @Command(name = "workers", description = "The workers to connect to, from the master or a worker.")
    static final class Workers extends ClientCommand {
        @Override
        Report run(Workspace workspace) {
            return workers(workspace.workers());
        }
    }

    static Report workers(List<WorkerServer> workers) {
        return new Report.Table(
                List.of(
                        Column.left("name"),
                        Column.left("address"),
                        Column.left("region"),
                        Column.brief("uuid", 9),
                        Column.brief("certificate", 17)),
                workers.stream()
                        .map(worker -> List.of(
                                worker.name(),
                                worker.host() + ":" + worker.port(),
                                worker.region(),
                                worker.uuid().toString(),
                                worker.certificateFingerprint()))
                        .toList());
    }

    @Command(name = "server", description = "What the server says of itself: times, interval, currency, limits.")
    static final class Server extends ClientCommand {
        @Override
        Report run(Workspace workspace) {
            return server(workspace.client().serverInfo());
        }
    }

    static Report server(ServerInfo info) {
        return Report.Facts.of(
                "software", info.software(),
                "role", info.role(),
                "protocol versions", info.versions().toString(),
                "realm", info.realm(),
                "currency", info.currency(),
                "server time", info.serverTime().toString(),
                "market time", info.market().time().toString(),
                "acceleration", Integer.toString(info.market().acceleration()),
                "market", info.market().open() ? "open" : "closed",
                "update interval", seconds(info.market().updateInterval()),
                "next interval", info.market().nextInterval().toString(),
                "idle timeout", seconds(info.limits().idleTimeout()),
                "requests in flight", Integer.toString(info.limits().inFlightMax()));
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000 + "." + "%03d".formatted(duration.toMillis() % 1000) + " s";
    }

    @Command(name = "ping", description = "Measure a round trip.")
    static final class Ping extends ClientCommand {
        @Override
        Report run(Workspace workspace) {
            BlockingTraderClient client = workspace.client();
            long begin = System.nanoTime();
            String time = client.ping().serverTime().toString();
            long micros = (System.nanoTime() - begin) / 1_000;
            return Report.Facts.of("server time", time, "round trip", micros + " us");
        }
    }
}
