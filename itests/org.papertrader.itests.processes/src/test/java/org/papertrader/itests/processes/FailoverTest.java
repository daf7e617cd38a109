package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.cli.ServerProcess;
import org.papertrader.client.WorkerSource;
import org.papertrader.model.WorkerServer;

/** A worker is booted off, and another one killed, while clients trade through them: all go on at the one that is left. */
@Tag("MST-21")
@Tag("MST-22")
@Tag("PRO-16")
class FailoverTest {
    private static final int TRADERS = 10;

    @TempDir
    private Path folder;

    @Test
    void clientsGoOnAtTheOtherWorkerAndNoOrderIsLostOrDoubled() throws Exception {
        try (Cluster cluster = new Cluster(folder)) {
            ServerProcess a = cluster.join("a");
            ServerProcess b = cluster.join("b");
            List<Trader> traders = new ArrayList<>();
            WorkerSource source = cluster.startingAt("a");
            for (int i = 0; i < TRADERS; i++) {
                Trader trader = new Trader("trader" + i, source, cluster.options());
                cluster.whenClosed(trader::close);
                traders.add(trader);
            }
            traders.forEach(Trader::start);
            Trader.awaitTradesAt(cluster.worker("a"), traders);

            WorkerServer other = cluster.worker("b");
            cluster.type("worker:boot a --yes");
            Trader.awaitTradesAt(other, traders);

            cluster.type("worker:enable a");
            cluster.awaitListed("a");
            WorkerServer back = cluster.worker("a");
            b.kill();
            Trader.awaitTradesAt(back, traders);
            for (Trader trader : traders) {
                trader.stop();
            }
            traders.forEach(Trader::check);
            assertThat(a.stop()).as(a::outputText).isZero();
        }
    }
}
