package org.papertrader.link.internal.init;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.papertrader.link.internal.init.Main.UsageException;
import org.papertrader.link.internal.secure.KeyFiles;
import org.papertrader.link.internal.secure.KeyMaker;
import org.papertrader.link.internal.secure.Loaded;
import org.papertrader.link.internal.secure.OwnKey;
import org.papertrader.link.internal.secure.Passphrase;
import org.papertrader.link.internal.secure.PeerKey;

/** Makes the files of one side, all or, when one of them is there already, none; says what to do next. */
final class Setup {
    private static final int MASTER_PORT = 2048;
    private static final int WORKER_PORT = 2049;
    private static final String EVERY_ADDRESS = "0.0.0.0";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\..*|::1");

    private final Options options;
    private final Path home;
    private final Path keyFile;
    private final Path openFile;
    private final Path confFile;
    private final Path listenFile;

    /** @param home of the distribution, whose conf/ a new data directory's conf/ begins with */
    Setup(Options options, Path home) {
        this.options = options;
        this.home = home;
        this.keyFile = options.data().resolve("keys").resolve(options.role() + ".key");
        this.openFile = KeyMaker.openFile(keyFile);
        Path conf = options.data().resolve("conf");
        this.confFile = conf.resolve("org.papertrader.link." + options.role() + ".cfg");
        this.listenFile = conf.resolve("org.papertrader.transport~" + options.role() + ".cfg");
    }

    /** Why nothing was set up: a sentence for the operator. */
    static final class NotDoneException extends Exception {
        private static final long serialVersionUID = 1L;

        NotDoneException(String text) {
            super(text);
        }
    }

    String master() throws IOException, NotDoneException, UsageException {
        checkFree();
        Options.Endpoint listen = options.endpoint("--listen", MASTER_PORT);
        PeerKey key = key();
        configure(confFile, passphrase());
        configure(listenFile, options.has("--listen") ? listening(listen) : Map.of());
        return made(key) + """

                Next:
                1. Take the public key to each worker's machine.
                2. There: papertrader-worker init --master HOST:%d --master-key %s
                3. Start the master: papertrader-master --data %s --shell
                   As a service: systemctl start papertrader-master
                """.formatted(listen.port(), openFile.getFileName(), options.data());
    }

    String worker() throws IOException, NotDoneException, UsageException {
        checkFree();
        Options.Endpoint master = options.endpoint("--master", MASTER_PORT);
        Options.Endpoint advertised = options.endpoint("--advertise", WORKER_PORT);
        Path given = Path.of(options.get("--master-key", ""));
        PeerKey masterKey = good(PeerKey.file(given));
        String uuid = UUID.fromString(options.get("--uuid", UUID.randomUUID().toString()))
                .toString();
        String name = options.get("--name", "worker");
        String region = options.get("--region", "local");
        PeerKey key = key();
        KeyMaker.export(masterKey, options.data().resolve("keys").resolve("master.asc"));
        Map<String, String> values = passphrase();
        values.put("masterHost", master.host());
        values.put("masterPort", Integer.toString(master.port()));
        values.put("uuid", uuid);
        values.put("name", name);
        values.put("region", region);
        values.put("advertisedHost", advertised.host());
        values.put("advertisedPort", Integer.toString(advertised.port()));
        configure(confFile, values);
        configure(
                listenFile,
                options.has("--advertise") || options.has("--listen") ? listening(clients(advertised)) : Map.of());
        return made(key)
                + """
                uuid        %s
                master      %s at %s:%d

                Next:
                1. Take the public key to the master's machine.
                2. There, in the master's shell:
                   worker:register %s %s %s %s %s
                3. Start the worker: papertrader-worker --data %s
                   As a service: systemctl start papertrader-worker
                """.formatted(
                                uuid,
                                masterKey.fingerprint(),
                                master.host(),
                                master.port(),
                                uuid,
                                name,
                                region,
                                options.get("--address", advertised.host()),
                                openFile,
                                options.data());
    }

    /** Where a worker that is reached there listens. */
    private Options.Endpoint clients(Options.Endpoint advertised) throws UsageException {
        if (options.has("--listen")) {
            return options.endpoint("--listen", advertised.port());
        }
        return new Options.Endpoint(
                LOOPBACK.matcher(advertised.host()).matches() ? advertised.host() : EVERY_ADDRESS, advertised.port());
    }

    private static Map<String, String> listening(Options.Endpoint at) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("address", at.host());
        values.put("port", Integer.toString(at.port()));
        return values;
    }

    private void checkFree() throws NotDoneException {
        for (Path file : List.of(keyFile, openFile, confFile, listenFile)) {
            if (Files.exists(file)) {
                throw new NotDoneException(
                        file + " is there already and is not overwritten; take another --data, or move it away");
            }
        }
    }

    private PeerKey key() throws IOException, NotDoneException {
        if (!options.has("--key")) {
            return KeyMaker.make("PaperTrader " + options.role(), keyFile, openFile);
        }
        byte[] secret = good(KeyFiles.secret(Path.of(options.get("--key", ""))));
        PeerKey certificate = good(OwnKey.certificate(secret.clone()));
        Optional<String> problem = certificate.problem(Instant.now());
        if (problem.isPresent()) {
            throw new NotDoneException(problem.get());
        }
        if (options.has("--passphrase-file")) {
            Passphrase file = Passphrase.of(options.get("--passphrase-file", ""), "", Map.of());
            good(OwnKey.parse(secret.clone(), file, Instant.now()));
        }
        KeyMaker.take(secret, certificate, keyFile, openFile);
        return certificate;
    }

    private static <T> T good(Loaded<T> loaded) throws NotDoneException {
        if (loaded instanceof Loaded.Good<T> good) {
            return good.value();
        }
        throw new NotDoneException(((Loaded.Bad<T>) loaded).problem());
    }

    private Map<String, String> passphrase() {
        Map<String, String> values = new LinkedHashMap<>();
        if (options.has("--passphrase-file")) {
            Path file = Path.of(options.get("--passphrase-file", ""));
            values.put("passphraseFile", file.toAbsolutePath().normalize().toString());
        }
        if (options.has("--passphrase-variable")) {
            values.put("passphraseVariable", options.get("--passphrase-variable", ""));
        }
        return values;
    }

    /** Writes a file of the operator's, in a configuration folder that begins as the launcher would begin it. */
    private void configure(Path file, Map<String, String> values) throws IOException {
        Path conf = options.data().resolve("conf");
        if (Files.notExists(conf)) {
            Files.createDirectories(conf);
            Path template = home.resolve("conf");
            if (Files.isDirectory(template)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(template)) {
                    for (Path each : files) {
                        Files.copy(each, conf.resolve(each.getFileName()));
                    }
                }
            }
        }
        if (!values.isEmpty()) {
            StringBuilder text = new StringBuilder();
            values.forEach(
                    (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
            Files.writeString(file, text);
        }
    }

    private String made(PeerKey key) {
        return """
                key         %s
                secret key  %s (mode 0600; keep a copy in a safe place)
                public key  %s
                """.formatted(key.fingerprint(), keyFile, openFile);
    }
}
