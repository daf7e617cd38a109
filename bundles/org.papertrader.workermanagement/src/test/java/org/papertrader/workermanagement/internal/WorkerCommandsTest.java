package org.papertrader.workermanagement.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.WorkerServer;
import org.papertrader.storage.api.WorkerStore.StoredKey;
import org.papertrader.workers.api.Workers.WorkerClock;
import org.papertrader.workers.api.Workers.WorkerHello;

/** What operators type and read. */
@Tag("MST-19")
class WorkerCommandsTest extends RegisterRig {
    @Test
    @Tag("CARD-9")
    @Tag("DS-7")
    void listIsAlignedAndAtMost80ColumnsWide() {
        load(
                line(ONE, "a-name-of-thirty-two-characters! a-region-of-thirty-two-character 127.0.0.1"),
                line(TWO, "beta us 2001:db8::/32"));
        admit(ONE, LOOPBACK, 65_535);
        admit(TWO, "2001:db8:1111:2222:3333:4444:5555:6666", 2049);
        clock.pass(Duration.ofHours(3));
        answer(ONE, 12_345);

        List<String> lines = commands.list().lines().toList();

        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(lines.get(0).split(" +"))
                .containsExactly(
                        "name", "uuid", "address", "region", "state", "since", "clients", "hits", "rtt", "version");
        assertThat(lines.get(1)).startsWith("a-name-").contains(" 1111 ", " 3h ", " 12345 ", " 97.0% ", " 0.0ms ");
        int column = lines.get(0).indexOf("state");
        assertThat(lines.get(1).substring(column)).startsWith("connected");
        assertThat(lines.get(2).substring(column)).startsWith("connected");
    }

    @Test
    void uuidsAreShortenedAsFarAsTheyDiffer() {
        UUID near = UUID.fromString("11111111-2111-4111-8111-111111111111");
        load(line(ONE, "alpha eu 127.0.0.1"), line(near, "beta us 127.0.0.1"));

        assertThat(commands.list()).contains(" 11111111-1 ", " 11111111-2 ");
        assertThat(commands.show("1111")).startsWith("there is no worker 1111");
        assertThat(commands.show("11111111-2")).contains("beta");
    }

    @Test
    void showsAllOfAWorkerAndWhatItAnswersWithoutItsControlCharacters() {
        load(ONE + " alpha eu 127.0.0.1 " + keys.file(folder, "AA"));
        WorkerServer told = new WorkerServer(ONE, "x", "203.0.113.5", 2049, "y", "");
        workers.admit(new WorkerHello(told, "1.0\u001b[2J\r\nfake", "AA"), IpAddress.parse(LOOPBACK));
        answer(ONE, 3);

        assertThat(commands.show("alpha"))
                .contains(ONE.toString(), "127.0.0.1", "203.0.113.5:2049", "1.0?[2J??fake")
                .contains("key          AA Ed25519, never expires", "proved key   AA")
                .contains("clients      3\n", "sessions     4\n", "5 entries, 6 MiB, hits 970, misses 30, 97.0%")
                .contains("uptime       10m", "7 MiB of 8 MiB", "9 entries waiting, 10 dropped")
                .contains("clock        0 ms ahead, corrected for")
                .doesNotContain("\u001b");
    }

    @Test
    @Tag("CARD-9")
    void whatIsShownOfAWorkerFits80ColumnsHoweverLongItIs() {
        String addresses = "2001:db8:1111:2222:3333:4444:5555:6666,".repeat(4) + LOOPBACK;
        String fingerprint = "0123456789ABCDEF0123456789ABCDEF01234567";
        load(ONE + " alpha eu " + addresses + " " + keys.file(folder, fingerprint + " expires"));
        WorkerServer told = new WorkerServer(ONE, "x", "h".repeat(253), 2049, "y", FINGERPRINT);
        workers.admit(new WorkerHello(told, "1.0 ".repeat(40), fingerprint), IpAddress.parse(LOOPBACK));
        answer(ONE, Long.MAX_VALUE);

        String sheet = commands.show("alpha");

        assertThat(sheet.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(sheet)
                .contains("certificate  " + FINGERPRINT + "\n")
                .contains("key          " + fingerprint + " Ed25519, expires\n             2027-");
    }

    @Test
    void listsAsJsonInFull() {
        load(ONE + " al\"pha eu 127.0.0.1 " + keys.file(folder, "AA"));
        admission(ONE, "AA");
        answer(ONE, 3);

        assertThat(commands.list("--json"))
                .startsWith("{\"connected\":1,\"expected\":1,\"registered\":1,\"degraded\":false,\"workers\":[")
                .contains("{\"name\":\"al\\\"pha\",\"uuid\":\"" + ONE + "\"", "\"clients\":3", "\"expires\":null");
        assertThat(commands.show(ONE.toString(), "--json"))
                .startsWith("{\"name\"")
                .endsWith("}\n");
        assertThat(commands.list("--xml")).isEqualTo("the only option is --json\n");
    }

    @Test
    @Tag("PRO-16")
    void listTellsOfClocksThatAreOff() {
        load(line(ONE, "alpha eu 127.0.0.1"));
        admit(ONE, LOOPBACK, 2049);
        Instant asked = workers.register().ask();
        workers.reported(ONE, asked, status(asked.plusSeconds(61)));

        assertThat(commands.list())
                .contains("alpha: its clock is 61000 ms ahead, too far: its orders are refused\n")
                .endsWith("1 connected, 1 expected, 1 registered; health: degraded\n");
        assertThat(new WorkersHealth(desk).execute().iterator().next().getMessage())
                .isEqualTo(
                        "degraded: 1 of 1 workers are connected, of 1 the clock is wrong; run NTP there, until then their"
                                + " orders are refused");
        assertThat(workers.clock(ONE)).isEqualTo(new WorkerClock.Wrong(Duration.ofSeconds(61)));
    }

    @Test
    void registersAndChangesByCommand() {
        load();
        await().until(() -> workers.register().isLoaded());
        String key = keys.file(folder, "AA");

        assertThat(commands.register(ONE.toString(), "alpha", "eu", LOOPBACK, key))
                .isEqualTo("alpha is registered\n");
        assertThat(commands.register(ONE.toString(), "alpha", "us", "10.0.0.0/8", key))
                .isEqualTo("alpha is changed\n");
        assertThat(commands.register(TWO.toString(), "alpha", "us", LOOPBACK, key))
                .contains("another worker has the name");
        assertThat(commands.register("1-2-3-4-5", "beta", "us", LOOPBACK, key)).contains("no UUID");
        assertThat(commands.register(TWO.toString(), "beta", "us", "example.org", key))
                .contains("no IP address");
        assertThat(commands.register(TWO.toString(), "be ta", "us", LOOPBACK, key))
                .contains("without blanks");
        assertThat(store.workers).containsOnlyKeys(ONE);
        assertThat(store.workers.get(ONE).region()).isEqualTo("us");
        assertThat(store.workers.get(ONE).keys()).containsExactly(new StoredKey("AA", keys.armored("AA"), NOW));
    }

    @Test
    void input38CommandsOnUnknownWorkersSaySo() {
        load();

        for (String answer :
                List.of(commands.disable(TWO.toString()), commands.remove(TWO.toString()), commands.boot("nobody"))) {
            assertThat(answer).startsWith("there is no worker");
        }
        assertThat(commands.show("x\u001b[2J")).startsWith("there is no worker x?[2J;");
        assertThat(booted).isEmpty();
    }
}
