package org.papertrader.workermanagement.internal;

import java.util.function.Supplier;

/** The commands as one sees them: what is refused is printed as well. */
final class TypedCommands {
    private final WorkerCommands commands;

    TypedCommands(WorkerCommands commands) {
        this.commands = commands;
    }

    String list(String... words) {
        return seen(() -> words.length == 0 ? commands.list() : commands.list(words[0]));
    }

    String show(String worker, String... words) {
        return seen(() -> words.length == 0 ? commands.show(worker) : commands.show(worker, words[0]));
    }

    String register(String uuid, String name, String region, String addresses, String keyFile) {
        return seen(() -> commands.register(uuid, name, region, addresses, keyFile));
    }

    String rotate(String worker, String keyFile) {
        return seen(() -> commands.rotate(worker, keyFile));
    }

    String retireKey(String worker) {
        return seen(() -> commands.retireKey(worker));
    }

    String enable(String worker) {
        return seen(() -> commands.enable(worker));
    }

    String disable(String worker) {
        return seen(() -> commands.disable(worker));
    }

    String boot(String worker) {
        return seen(() -> commands.boot(worker));
    }

    String remove(String worker, String... words) {
        return seen(() -> words.length == 0 ? commands.remove(worker) : commands.remove(worker, words[0]));
    }

    private static String seen(Supplier<String> command) {
        try {
            return command.get();
        } catch (IllegalArgumentException e) {
            return e.getMessage() + "\n";
        }
    }
}
