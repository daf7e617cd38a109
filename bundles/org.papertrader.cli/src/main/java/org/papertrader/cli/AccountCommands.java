package org.papertrader.cli;

import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.RefusedException;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.UserName;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.Return;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands of accounts and sessions. */
final class AccountCommands {
    private AccountCommands() {}

    /** Where a password comes from: a file, the environment or a prompt, never the command line. */
    static final class PasswordSource {
        private static final String VARIABLE = "PAPERTRADER_PASSWORD";

        @Option(
                names = "--password-file",
                paramLabel = "FILE",
                description = "File whose first line is the password; otherwise $PAPERTRADER_PASSWORD, else a prompt.")
        private @Nullable Path file;

        // From JDK 22 on there is a console without a terminal too; then readPassword gives null.
        @SuppressWarnings("SystemConsoleNull")
        String read() {
            String variable = System.getenv(VARIABLE);
            if (file != null) {
                try {
                    return Files.readAllLines(file).stream().findFirst().orElse("");
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot read the password file " + file, e);
                }
            } else if (variable != null) {
                return variable;
            }
            Console console = System.console();
            char[] typed = console == null ? null : console.readPassword("Password: ");
            if (typed == null) {
                throw new RefusedException(Refusal.of(
                        ReasonCode.BAD_ARGUMENTS,
                        "No password: use --password-file, or set " + VARIABLE + ", or run in a terminal."));
            }
            return new String(typed);
        }
    }

    @Command(name = "register", description = "Make an account.")
    static final class Register extends ClientCommand {
        @Parameters(index = "0", paramLabel = "USER", description = "1 to 24 of A-Z a-z 0-9 . _ -")
        private String userName = "";

        @Parameters(index = "1", paramLabel = "EMAIL", description = "Your e-mail address.")
        private String email = "";

        @Mixin
        private PasswordSource password = new PasswordSource();

        private static final int PASSWORD_MIN = 8;

        @Override
        Report run(Workspace workspace) {
            String secret = password.read();
            if (secret.length() < PASSWORD_MIN) {
                throw new RefusedException(Refusal.of(
                        ReasonCode.BAD_ARGUMENTS, "A password has at least " + PASSWORD_MIN + " characters."));
            }
            Return.RegisterSuccess done = workspace.client().register(userName, email, secret);
            return Report.Facts.of("registered", done.userName().value());
        }
    }

    @Command(name = "login", description = "Log in; the session is kept for the commands that follow.")
    static final class Login extends ClientCommand {
        @Parameters(index = "0", paramLabel = "USER", description = "Your user name.")
        private String userName = "";

        @Option(
                names = "--expirable",
                description = "End the session with its last connection; without this it is remembered.")
        private boolean expirable;

        @Mixin
        private PasswordSource password = new PasswordSource();

        @Override
        Report run(Workspace workspace) {
            BlockingTraderClient client = workspace.client();
            Return.SessionGranted granted = client.login(userName, password.read(), expirable);
            workspace.granted(granted);
            return Report.Facts.of(
                    "user",
                    granted.userName().value(),
                    "expires",
                    granted.expires().toString());
        }
    }

    @Command(name = "logout", description = "End the session, here and everywhere.")
    static final class Logout extends ClientCommand {
        @Override
        Report run(Workspace workspace) {
            workspace.loggedIn().logout();
            workspace.loggedOut();
            return Report.Facts.of("logged out", "yes");
        }
    }

    @Command(name = "user", description = "What is known of a user.")
    static final class User extends ClientCommand {
        @Parameters(index = "0", arity = "0..1", paramLabel = "USER", description = "Whom; without it, you.")
        private @Nullable String userName;

        @Override
        Report run(Workspace workspace) {
            BlockingTraderClient client = workspace.loggedIn();
            UserName name = userName == null ? workspace.user() : Arguments.userName(userName);
            Payload.UserInfo info = client.userInfo(name);
            return info.own()
                    .map(own -> Report.Facts.of(
                            "user", info.userName().value(),
                            "member since", info.registered().toString(),
                            "email", own.email().value(),
                            "password", Boolean.toString(own.isPassword()),
                            "third party", Boolean.toString(own.isThirdParty())))
                    .orElseGet(() -> Report.Facts.of(
                            "user", info.userName().value(),
                            "member since", info.registered().toString()));
        }
    }
}
