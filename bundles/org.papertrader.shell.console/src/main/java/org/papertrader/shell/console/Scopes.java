package org.papertrader.shell.console;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.felix.service.command.CommandSession;

/** Scopes of commands, and the commands that there are. */
public final class Scopes {
    /** In this order for a command that is typed without its scope; then all others. */
    static final List<String> SEARCHED = List.of("shell", "gogo", "felix");

    /** Functions that answer what may stand for a kind of value; for completion, not for people. */
    public static final String VALUES = "values";

    /** Functions that answer what a part of the program has to say about itself; {@code status} puts them together. */
    public static final String STATUS = "status";

    private static final Set<String> HIDDEN = Set.of(VALUES + ":", STATUS + ":");

    private Scopes() {}

    /** Makes a session find commands in the same order everywhere. */
    static void prepare(CommandSession session) {
        session.put("SCOPE", String.join(":", SEARCHED) + ":*");
    }

    /** Names of all commands that people may type, sorted. */
    public static Set<String> commands(CommandSession session) {
        Set<String> commands = new TreeSet<>();
        if (session.get(".commands") instanceof Collection<?> all) {
            all.forEach(command -> commands.add(command.toString()));
        }
        commands.removeIf(command -> HIDDEN.stream().anyMatch(command::startsWith) || command.startsWith("*:"));
        return commands;
    }

    /** Names of the functions of a scope, without it, sorted. */
    public static Set<String> functions(CommandSession session, String scope) {
        Set<String> functions = new TreeSet<>();
        if (session.get(".commands") instanceof Collection<?> all) {
            all.stream()
                    .map(Object::toString)
                    .filter(command -> command.startsWith(scope + ":"))
                    .forEach(command -> functions.add(command.substring(scope.length() + 1)));
        }
        return functions;
    }
}
