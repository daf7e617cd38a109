package org.papertrader.workermanagement.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.link.api.PublicKeys;
import org.papertrader.model.WorkerServer;
import org.papertrader.storage.api.WorkerStore.StoredKey;
import org.papertrader.storage.api.WorkerStore.StoredWorker;
import org.papertrader.workers.api.Workers.Admission;
import org.papertrader.workers.api.Workers.Knock;
import org.papertrader.workers.api.Workers.WorkerHello;

/** Which key a worker is known by. */
@Tag("MST-20")
class WorkerKeysTest extends RegisterRig {
    @Test
    void aKeyIsRotatedWithoutAMomentInWhichNoneCounts() {
        load(ONE + " alpha eu 127.0.0.1 " + keys.file(folder, "AA"));
        assertThat(admission(ONE, "AA")).isEqualTo(new Admission.Admitted());
        String fresh = keys.file(folder, "BB");

        assertThat(commands.rotate("alpha", fresh)).contains("may connect with the key BB");
        assertThat(commands.rotate("alpha", fresh)).contains("already");
        assertThat(commands.rotate("alpha", keys.file(folder, "CC"))).contains("worker:retirekey");

        assertThat(workers.knock(ONE, IpAddress.parse(LOOPBACK))).isEqualTo(new Knock.Known(List.of("AA", "BB")));
        assertThat(admission(ONE, "AA")).isEqualTo(new Admission.Admitted());
        assertThat(store.workers.get(ONE).keys()).hasSize(2);
        assertThat(admission(ONE, "BB")).isEqualTo(new Admission.Admitted());
        await().untilAsserted(() -> assertThat(store.workers.get(ONE).keys())
                .extracting(StoredKey::fingerprint)
                .containsExactly("BB"));
        assertThat(admission(ONE, "AA")).isEqualTo(new Admission.Rejected("the key AA is not its own"));
    }

    @Test
    void aLinkByARetiredKeyIsClosed() {
        load(ONE + " alpha eu 127.0.0.1 " + keys.file(folder, "AA"));
        admission(ONE, "AA");
        connected = List.of(ONE);
        assertThat(commands.retireKey("alpha")).contains("no older key");
        commands.rotate("alpha", keys.file(folder, "BB"));
        long begun = awake.nanos();

        assertThat(commands.retireKey("alpha")).contains("has ended the key AA");

        awaitClosing(ONE, begun);
    }

    @Test
    void aKeyIsThatOfOneWorker() {
        load(ONE + " alpha eu 127.0.0.1 " + keys.file(folder, "AA"));

        assertThat(commands.register(TWO.toString(), "beta", "eu", LOOPBACK, keys.file(folder, "AA")))
                .contains("is that of worker alpha");
        assertThat(commands.register(ONE.toString(), "alpha", "eu", LOOPBACK, keys.file(folder, "BB")))
                .contains("worker:rotate");
        assertThat(store.workers.get(ONE).keys()).hasSize(1);
        assertThat(store.workers).containsOnlyKeys(ONE);
    }

    @Test
    void aLinkFromAnAddressThatIsNotAllowedAnyMoreIsClosed() {
        load(ONE + " alpha eu 127.0.0.1 " + keys.file(folder, "AA"));
        admission(ONE, "AA");
        connected = List.of(ONE);
        long begun = awake.nanos();

        commands.register(ONE.toString(), "alpha", "eu", "10.0.0.0/8", keys.file(folder, "AA"));

        awaitClosing(ONE, begun);
    }

    @Test
    void registersNoKeyThatTheLinkCannotUse() {
        load();
        await().until(() -> workers.register().isLoaded());

        assertThat(registering(keys.file(folder, "AA secret"))).isEqualTo("a secret key\n");
        assertThat(registering(keys.file(folder, "AA expired"))).contains("AA expired at 2026-03-02T14:30:00Z");
        assertThat(registering(keys.file(folder, "AA unborn")))
                .contains("AA was made at 2026-03-02T14:30:05Z, which is yet to come");
        assertThat(registering(keys.file(folder, "AA mute"))).contains("cannot encrypt");
        assertThat(registering(folder.resolve("none").toString())).contains("cannot be read");
        assertThat(registering(keys.file(folder, "A".repeat(PublicKeys.ARMORED_MAX + 1))))
                .contains("has more than");
        workers.unbindPublicKeys(keys);
        assertThat(registering(keys.file(folder, "AA"))).contains("the reader of OpenPGP keys is unavailable");
        assertThat(store.workers).isEmpty();
    }

    private String registering(String keyFile) {
        return commands.register(ONE.toString(), "alpha", "eu", LOOPBACK, keyFile);
    }

    @Test
    @Tag("PRO-9")
    void knowsWhoKnocksBeforeAnyWorkOnKeys() {
        assertThat(workers.knock(ONE, IpAddress.parse(LOOPBACK)))
                .isEqualTo(new Knock.Stranger("the register is not loaded yet"));
        store.put(new StoredWorker(TWO, "beta", "us", "::1", true, NOW, null, List.of()));
        load(
                ONE + " alpha eu 127.0.0.1 " + keys.file(folder, "AA"),
                TWO + " beta us ::1 " + folder.resolve("not there yet.asc"));

        assertThat(workers.knock(ONE, IpAddress.parse(LOOPBACK)))
                .isEqualTo(new Knock.Known(List.of(keys.armored("AA"))));
        assertThat(stranger(new UUID(1, 2), LOOPBACK)).isEqualTo("it is not registered");
        assertThat(stranger(ONE, "127.0.0.2")).isEqualTo("its address is not allowed");
        assertThat(stranger(TWO, "::1")).isEqualTo("no key is registered for it");
        commands.disable("alpha");
        assertThat(stranger(ONE, LOOPBACK)).isEqualTo("it is disabled");
    }

    private String stranger(UUID uuid, String address) {
        return ((Knock.Stranger) workers.knock(uuid, IpAddress.parse(address))).text();
    }

    @Test
    void admitsAWorkerByItsOwnKeyOnly() {
        load(ONE + " alpha eu 127.0.0.1 " + keys.file(folder, "AA"), line(TWO, "beta us 127.0.0.1"));

        assertThat(admission(ONE, "BB")).isEqualTo(new Admission.Rejected("the key BB is not its own"));
        assertThat(admission(TWO, "AA")).isEqualTo(new Admission.Rejected("the key AA is not its own"));
        assertThat(admission(ONE, "AA")).isEqualTo(new Admission.Admitted());
    }

    @Test
    void aWorkerWithoutARegisteredKeyIsNeverAdmitted() {
        store.put(new StoredWorker(ONE, "alpha", "eu", LOOPBACK, true, NOW, null, List.of()));
        load(ONE + " alpha eu 127.0.0.1 " + folder.resolve("not there yet.asc"));

        assertThat(admission(ONE, "AA")).isEqualTo(new Admission.Rejected("no key is registered for it"));
        WorkerServer told = new WorkerServer(ONE, "alpha", "203.0.113.5", 2049, "eu", "");
        assertThatThrownBy(() -> new WorkerHello(told, "0.1.0", "")).hasMessage("no key was proved");

        commands.register(ONE.toString(), "alpha", "eu", LOOPBACK, keys.file(folder, "AA"));
        assertThat(admission(ONE, "AA")).isEqualTo(new Admission.Admitted());
    }

    @Test
    void theConfiguredKeyFileIsTheRestOfTheLine() throws Exception {
        Path blanks = Files.createDirectory(folder.resolve("keys of  the workers"));
        load(ONE + "  alpha\teu 127.0.0.1,::1  " + keys.file(blanks, "AA") + " ");

        assertThat(store.workers.get(ONE).keys()).containsExactly(new StoredKey("AA", "AA", NOW));
        assertThat(ConfiguredWorker.parse(ONE + " alpha eu 127.0.0.1 " + blanks.resolve("my key.asc")))
                .isEqualTo(new ConfiguredWorker(
                        new Registration(ONE, "alpha", "eu", LOOPBACK),
                        blanks.resolve("my key.asc").toString()));
    }

    @Test
    void aConfiguredLineThatIsNoneSaysWhatIsMissing() {
        assertThatThrownBy(() -> ConfiguredWorker.parse(ONE + " alpha eu 127.0.0.1 "))
                .hasMessage("a worker is registered by 'uuid name region addresses keyfile', "
                        + "and the file of its public key is missing");
        assertThatThrownBy(() -> ConfiguredWorker.parse(ONE + " alpha"))
                .hasMessageEndingWith("'uuid name region addresses keyfile', all on one line");
        assertThatThrownBy(() -> ConfiguredWorker.parse(ONE + " alpha eu 127.0.0.1, ::1 /root/alpha.asc"))
                .hasMessageContaining("no IP address: ''");
        assertThatThrownBy(() -> ConfiguredWorker.parse("alpha eu 127.0.0.1 /root/al pha.asc"))
                .hasMessageContaining("no UUID");
    }

    @Test
    void aConfiguredKeyFileThatComesLaterIsTakenOver() throws Exception {
        Path late = folder.resolve("late.asc");
        store.put(new StoredWorker(ONE, "alpha", "eu", LOOPBACK, true, NOW, null, List.of()));
        load(ONE + " alpha eu 127.0.0.1 " + late);
        assertThat(store.workers.get(ONE).keys()).isEmpty();

        Files.writeString(late, "AA");

        await().until(() -> !store.workers.get(ONE).keys().isEmpty());
    }
}
