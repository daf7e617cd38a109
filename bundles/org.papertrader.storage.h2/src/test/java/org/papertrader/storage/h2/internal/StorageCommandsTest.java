package org.papertrader.storage.h2.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.shell.text.Failed;

/** What the commands of the storage answer, and what they refuse. */
@Tag("CARD-6")
class StorageCommandsTest {
    private static final PlaceRecord NONE = new PlaceRecord(null);

    @TempDir
    Path folder;

    private final CommandSession session = (CommandSession) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {CommandSession.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("getConsole")) {
                    return new PrintStream(OutputStream.nullOutputStream());
                }
                throw new IllegalStateException("no " + method.getName() + " here");
            });
    private Mover mover;
    private StorageCommands commands;

    @BeforeEach
    void open() throws Exception {
        mover = new Mover(Engines.engine(), NONE, Engines.open(folder.resolve("first")), Clock.systemUTC());
        commands = new StorageCommands(mover);
    }

    @AfterEach
    void close() {
        mover.close();
        mover.storage().close();
    }

    @Test
    void whatItDoesNotUnderstandIsRefused() {
        assertThatThrownBy(() -> commands.move(session, true, "a", "b"))
                .isInstanceOf(Failed.class)
                .hasMessage("usage: storage:move DIRECTORY --yes");
        assertThatThrownBy(() -> commands.move(session, true)).isInstanceOf(Failed.class);
        assertThatThrownBy(() -> commands.backup(session, "--fast"))
                .isInstanceOf(Failed.class)
                .hasMessage("there is no option --fast; usage: storage:backup DIRECTORY");
        assertThatThrownBy(() -> commands.show(false, "all"))
                .isInstanceOf(Failed.class)
                .hasMessage("usage: storage:show [--json]");
    }

    @Test
    void aMoveIsConfirmedFirst() {
        Path target = folder.resolve("second");

        assertThatThrownBy(() -> commands.move(session, false, target.toString()))
                .isInstanceOf(Failed.class)
                .hasMessage("this moves the database from " + folder.resolve("first") + " to " + target
                        + "; add --yes to do it");
        assertThat(target).doesNotExist();
    }

    @Test
    void movesBacksUpAndShows() throws Exception {
        Path target = folder.resolve("second");

        assertThat(commands.backup(session, folder.resolve("backup").toString()))
                .contains("every row checked");
        assertThat(commands.move(session, true, target.toString()))
                .contains("moved from " + folder.resolve("first") + " to " + target)
                .contains("the configuration could not be written");
        assertThat(commands.show(true)).contains(target.toString());
    }
}
