package org.papertrader.itests.processes;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/** Somebody at a program's shell over SSH. */
final class Operator implements AutoCloseable {
    private static final Duration MAX = Duration.ofSeconds(30);
    /** An upgrade replaces bundles under load. */
    private static final Duration COMMAND_MAX = Duration.ofSeconds(90);

    private final SshClient client = SshClient.setUpDefaultClient();
    private final ClientSession session;

    /** Makes a key, is let in by it, and logs in once the program listens. */
    Operator(Path data, int port) throws IOException, GeneralSecurityException {
        KeyPair key = KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256);
        Path keys = Files.createDirectories(data.resolve("keys")).resolve("authorized_keys");
        Files.writeString(keys, PublicKeyEntry.toString(key.getPublic()) + " grace@it\n");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.start();
        session = await().atMost(MAX).ignoreExceptions().until(() -> login(key, port), login -> true);
    }

    private ClientSession login(KeyPair key, int port) throws IOException {
        ClientSession login =
                client.connect("grace", "127.0.0.1", port).verify(MAX).getSession();
        login.addPublicKeyIdentity(key);
        login.auth().verify(MAX);
        return login;
    }

    /** What a command answered. */
    record Answer(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    /** As {@code ssh host line}. */
    Answer run(String line) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ChannelExec channel = session.createExecChannel(line)) {
            channel.setOut(out);
            channel.setErr(err);
            channel.open().verify(MAX);
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), COMMAND_MAX);
            Integer code = channel.getExitStatus();
            return new Answer(code == null ? -1 : code, text(out), text(err));
        }
    }

    /** A terminal. */
    Screen terminal() throws IOException {
        return new Screen(session.createShellChannel());
    }

    /** What one sees of a terminal, without its escape sequences. */
    static final class Screen implements AutoCloseable {
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
        private final ChannelShell channel;
        private int from;

        private Screen(ChannelShell channel) throws IOException {
            this.channel = channel;
            channel.setPtyType("xterm");
            channel.setPtyColumns(80);
            channel.setPtyLines(24);
            channel.setOut(seen);
            channel.setErr(seen);
            channel.open().verify(MAX);
        }

        void type(String text) throws IOException {
            from = plain().length();
            OutputStream in = channel.getInvertedIn();
            in.write(text.getBytes(StandardCharsets.UTF_8));
            in.flush();
        }

        /** Waits for a text after what was typed last. */
        void await(String text) {
            org.awaitility.Awaitility.await(text).atMost(MAX).until(() -> plain().substring(
                            Math.min(from, plain().length()))
                    .contains(text));
        }

        String plain() {
            return text(seen).replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]|\u001b[=>]", "");
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    @Override
    public void close() throws IOException {
        session.close();
        client.stop();
    }
}
