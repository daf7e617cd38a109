package org.papertrader.shell.ssh.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.hc.api.Result;
import org.apache.felix.service.command.CommandSession;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.shell.console.Manuals;

/** A real client against the real server, over TCP, with the real Gogo behind it. */
@Tag("CARD-9")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SshShellTest {
    private static final Duration MAX = Duration.ofSeconds(15);
    private static final String MANUAL = """
            it:show WORKER [--json]
                Shows a worker.
            it:quote SYMBOL
                Shows a price.
            """;

    @TempDir
    Path folder;

    private final ThreadIOImpl threads = new ThreadIOImpl();
    private final CommandProcessorImpl processor = new CommandProcessorImpl(threads);
    private final SshClient client = SshClient.setUpDefaultClient();
    private KeyPair key;
    private SshShell shell;

    @BeforeEach
    void start() throws Exception {
        threads.start();
        for (String name : List.of("say", "fail", "no", "careful", "show", "quote")) {
            processor.addCommand("it", new Commands(), name);
        }
        List.of("worker", "symbol").forEach(kind -> processor.addCommand("values", new Commands(), kind));
        processor.addCommand("felix", new Commands(), "stop");
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.start();
        key = KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256);
    }

    @AfterEach
    void stop() throws Exception {
        client.stop();
        if (shell != null) {
            shell.close();
        }
        processor.stop();
        threads.stop();
    }

    /** What the commands do is told by their names. */
    public static final class Commands {
        public String say(String text) {
            return "said " + text;
        }

        public void fail() {
            throw new IllegalArgumentException("it failed");
        }

        public boolean no() {
            return false;
        }

        public void careful() {
            throw new IllegalArgumentException("this is a lot; add --yes to do it");
        }

        public String show(String worker, String... options) {
            return "[" + worker + "]" + List.of(options);
        }

        public String quote(String symbol) {
            return symbol + " costs 1";
        }

        public List<String> worker(String... words) {
            return List.of("zurich", "new york");
        }

        public List<String> symbol(String... words) {
            return List.of("AAPL", "MSFT");
        }

        public String stop(CommandSession session, String bundle) {
            return "stopped " + bundle;
        }
    }

    @Test
    void scriptsGetOutputAndExitCode() throws Exception {
        open();
        try (ClientSession session = login("ada", key)) {
            assertThat(run(session, "it:say hello")).isEqualTo(new Answer(0, "said hello\n", ""));
            assertThat(run(session, "it:fail")).isEqualTo(new Answer(1, "", "it failed\n"));
            assertThat(run(session, "it:no").code()).isEqualTo(1);
            assertThat(run(session, "it:nothing").code()).isEqualTo(127);
            assertThat(run(session, "it:careful")).isEqualTo(new Answer(2, "", "this is a lot; add --yes to do it\n"));
            assertThat(run(session, "stop 3"))
                    .isEqualTo(new Answer(2, "", "this cannot be taken back; add --yes to do it\n"));
            assertThat(run(session, "stop 3 --yes")).isEqualTo(new Answer(0, "stopped 3\n", ""));
        }
    }

    /** As some of Felix's filters have them wherever they write to. */
    @Test
    void scriptsGetNoColours() throws Exception {
        open();
        try (ClientSession session = login("ada", key)) {
            assertThat(run(session, "it:say '\u001b[31;1mred\u001b[0m, \u001b[K and ü'")
                            .out())
                    .isEqualTo("said red, \u001b[K and ü\n");
        }
    }

    @Test
    void everyCommandIsInTheAuditLog() throws Exception {
        open();
        try (ClientSession session = login("ada", key)) {
            run(session, "it:say 'a\nb'");
            run(session, "it:say password=canary");
            run(session, "it:fail");
        }
        Path audit = folder.resolve("audit.log");
        await().atMost(MAX).until(() -> Files.readString(audit).contains("event=logout"));
        String all = Files.readString(audit);
        assertThat(all.lines().toList())
                .allMatch(line ->
                        line.matches("\\S+Z user=\\S+ from=127\\.0\\.0\\.1:\\d+ connection=\\d+ by=.* event=.*"));
        assertThat(all)
                .contains("user=ada", "ada@home", "event=login")
                .contains("event=command line=\"it:say 'a\\u000ab'\"")
                .contains("event=exit code=0 ms=")
                .contains("event=exit code=1 ms=")
                .contains("password=***")
                .doesNotContain("canary");
    }

    @Test
    void onlyKnownKeysAndPasswordsComeIn() throws Exception {
        passwords("eve:" + PasswordHash.of("a password".toCharArray()));
        open();
        KeyPair unknown = KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256);

        assertThatThrownBy(() -> login("ada", unknown).close()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> login("eve", "wrong").close()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> login("ada", "a password").close()).isInstanceOf(IOException.class);
        try (ClientSession session = login("eve", "a password")) {
            assertThat(run(session, "it:say x").code()).isZero();
        }
        assertThat(Files.readString(folder.resolve("audit.log")))
                .contains("event=refused reason=\"wrong password\"")
                .containsPattern(
                        "user=ada from=\\S+ connection=\\d+ by=nothing event=refused reason=\"unknown key\" key="
                                + Pattern.quote(KeyUtils.getFingerPrint(unknown.getPublic())))
                .containsPattern("user=ada from=\\S+ connection=\\d+ by=nothing event=left")
                .contains("user=eve", "by=password event=login");
    }

    @Test
    void filesThatOthersMayChangeAreNotTrusted() throws Exception {
        open();
        Files.setPosixFilePermissions(keys(), PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(() -> login("ada", key).close()).isInstanceOf(IOException.class);
        Files.setPosixFilePermissions(keys(), PosixFilePermissions.fromString("rw-r--r--"));
        login("ada", key).close();
        passwords("eve:" + PasswordHash.of("a password".toCharArray()));
        Files.setPosixFilePermissions(folder.resolve("passwords"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> login("eve", "a password").close()).isInstanceOf(IOException.class);
    }

    @Test
    void aKeyThatIsTakenOutIsOutAtOnce() throws Exception {
        open();
        login("ada", key).close();
        Files.writeString(keys(), "# nobody\n");
        assertThatThrownBy(() -> login("ada", key).close()).isInstanceOf(IOException.class);
    }

    @Test
    void thereIsABoundToConnections() throws Exception {
        authorize();
        shell = shell(Map.of("sessionsMax", 2));
        await().atMost(MAX).until(() -> shell.port() != 0);
        try (ClientSession first = login("ada", key);
                ClientSession second = login("ada", key)) {
            assertThatThrownBy(() -> login("ada", key).close()).isInstanceOf(IOException.class);
            assertThat(run(first, "it:say x").code()).isZero();
            assertThat(run(second, "it:say x").code()).isZero();
        }
        await().atMost(MAX).ignoreExceptions().untilAsserted(() -> login("ada", key)
                .close());
        assertThat(Files.readString(folder.resolve("audit.log"))).contains("more than 2 connections");
    }

    @Test
    void aConnectionThatDoesNothingEnds() throws Exception {
        authorize();
        shell = shell(Map.of("idleTimeoutMs", 3_000L));
        await().atMost(MAX).until(() -> shell.port() != 0);
        try (ClientSession session = login("ada", key)) {
            assertThat(session.waitFor(EnumSet.of(ClientSession.ClientSessionEvent.CLOSED), MAX))
                    .contains(ClientSession.ClientSessionEvent.CLOSED);
        }
    }

    @Test
    void onATerminalThereAreAPromptCompletionAndQuestions() throws Exception {
        authorize();
        shell = shell(Map.of("role", "master"));
        shell.bindCheck(() -> new Result(Result.Status.WARN, "few workers"));
        await().atMost(MAX).until(() -> shell.port() != 0);
        // Prompts and completions are waited for a moment only, and the first of a program take longest.
        onTerminal("it:show z\t\r", "][");
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        try (ClientSession session = login("ada", key);
                ChannelShell channel = session.createShellChannel()) {
            channel.setPtyType("xterm");
            channel.setOut(seen);
            channel.setErr(seen);
            channel.open().verify(MAX);
            OutputStream in = channel.getInvertedIn();
            until(seen, "WARN");
            assertThat(text(seen).replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]", "")).contains("master WARN> ");
            type(in, "it:say one\r");
            until(seen, "said one");
            type(in, "it:sa\ttwo\r");
            until(seen, "said two");
            type(in, "it:show zu\t--js\t\r");
            until(seen, "[zurich][--json]");
            type(in, "it:show new\t\r");
            until(seen, "[new york][]");
            type(in, "it:show \"new\t\r");
            await().atMost(MAX).until(() -> text(seen).split("\\[new york]", -1).length == 3);
            type(in, "it:quote MS\t\r");
            until(seen, "MSFT costs 1");
            type(in, "it:quote --help\r");
            until(seen, "Shows a price.");
            type(in, "stop 3\r");
            until(seen, "do it? [y/N] ");
            type(in, "n\r");
            type(in, "stop 4\r");
            until(seen, "stop 4");
            type(in, "y\r");
            until(seen, "stopped 4");
            type(in, "exit\r");
            assertThat(channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), MAX))
                    .contains(ClientChannelEvent.CLOSED);
        }
        assertThat(text(seen)).doesNotContain("stopped 3");
    }

    @Test
    void whatWasTypedComesBackAfterALoginButNoSecrets() throws Exception {
        authorize();
        Path history = folder.resolve("history");
        shell = shell(Map.of("historyFile", history.toString()));
        await().atMost(MAX).until(() -> shell.port() != 0);
        onTerminal("it:say remembered\r", "said remembered");
        onTerminal("it:say 'password=canary'\r", "canary");
        assertThat(history).content().contains("it:say remembered").doesNotContain("canary");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
        onTerminal("\u001bOA\u001bOA\r", "said remembered");
    }

    private void onTerminal(String typed, String expected) throws Exception {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        try (ClientSession session = login("ada", key);
                ChannelShell channel = session.createShellChannel()) {
            channel.setPtyType("xterm");
            channel.setOut(seen);
            channel.open().verify(MAX);
            until(seen, "> ");
            type(channel.getInvertedIn(), typed);
            until(seen, expected);
            type(channel.getInvertedIn(), "exit\r");
            assertThat(channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), MAX))
                    .contains(ClientChannelEvent.CLOSED);
        }
    }

    private void open() throws Exception {
        authorize();
        shell = shell(Map.of());
        await().atMost(MAX).until(() -> shell.port() != 0);
    }

    private SshShell shell(Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "port", 0,
                "authorizedKeysFile", keys().toString(),
                "passwordsFile", folder.resolve("passwords").toString(),
                "hostKeyFile", folder.resolve("host_key").toString(),
                "auditFile", folder.resolve("audit.log").toString()));
        all.putAll(values);
        return new SshShell(Manuals.of(List.of(MANUAL)), processor, TestConfig.of(all));
    }

    private void authorize() throws IOException {
        Files.writeString(keys(), "# operators\n" + PublicKeyEntry.toString(key.getPublic()) + " ada@home\n");
        Files.setPosixFilePermissions(keys(), PosixFilePermissions.fromString("rw-------"));
    }

    private void passwords(String line) throws IOException {
        Path file = folder.resolve("passwords");
        Files.writeString(file, line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private Path keys() {
        return folder.resolve("authorized_keys");
    }

    private ClientSession login(String user, KeyPair identity) throws IOException {
        return login(user, session -> session.addPublicKeyIdentity(identity));
    }

    private ClientSession login(String user, String password) throws IOException {
        return login(user, session -> session.addPasswordIdentity(password));
    }

    private ClientSession login(String user, Consumer<ClientSession> identity) throws IOException {
        ClientSession session =
                client.connect(user, "127.0.0.1", shell.port()).verify(MAX).getSession();
        try {
            identity.accept(session);
            session.auth().verify(MAX);
            return session;
        } catch (IOException e) {
            session.close(true);
            throw e;
        }
    }

    private record Answer(int code, String out, String err) {}

    private static Answer run(ClientSession session, String line) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ChannelExec channel = session.createExecChannel(line)) {
            channel.setOut(out);
            channel.setErr(err);
            channel.open().verify(MAX);
            assertThat(channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), MAX))
                    .contains(ClientChannelEvent.CLOSED);
            return new Answer(channel.getExitStatus(), text(out), text(err));
        }
    }

    private static void type(OutputStream in, String text) throws IOException {
        in.write(text.getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    private static void until(ByteArrayOutputStream seen, String text) {
        await().atMost(MAX).until(() -> text(seen).contains(text));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
