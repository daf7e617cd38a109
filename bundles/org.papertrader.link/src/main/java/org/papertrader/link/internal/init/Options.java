package org.papertrader.link.internal.init;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.papertrader.link.internal.init.Main.UsageException;

/**
 * The command line.
 *
 * @param values option to value, as given
 */
record Options(String role, boolean help, Map<String, String> values) {
    private static final Set<String> COMMON =
            Set.of("--data", "--key", "--listen", "--passphrase-file", "--passphrase-variable");
    private static final Set<String> WORKER =
            Set.of("--master", "--master-key", "--uuid", "--name", "--region", "--advertise", "--address");
    private static final String DEFAULT_HOST = "127.0.0.1";

    private static final String MASTER_HELP = """
            Usage: papertrader-master init [options]

            Makes the master's key and tells what to do next. Nothing that is there is overwritten.

              --data DIR                   the master's data directory (default: ./data)
              --key FILE                   take this secret OpenPGP key, as gpg exports it, instead of a new one
              --passphrase-file FILE       file of mode 0600 with the key's passphrase
              --passphrase-variable NAME   environment variable that will hold it
              --listen ADDRESS[:PORT]      where it listens to workers and clients; 0.0.0.0 for every address of
                                           this machine (default: 127.0.0.1:2048)
              --help                       this text
            """;

    private static final String WORKER_HELP = """
            Usage: papertrader-worker init --master HOST[:PORT] --master-key FILE [options]

            Makes the worker's key, uuid and configuration and tells what to register at the master. Nothing that is
            there is overwritten.

              --master HOST[:PORT]         where the master is (default port: 2048)
              --master-key FILE            the master's public key
              --data DIR                   the worker's data directory (default: ./data)
              --key FILE                   take this secret OpenPGP key, as gpg exports it, instead of a new one
              --passphrase-file FILE       file of mode 0600 with the key's passphrase
              --passphrase-variable NAME   environment variable that will hold it
              --uuid UUID                  the worker's uuid (default: a new one)
              --name NAME                  its name for people, without blanks (default: worker)
              --region REGION              its region, without blanks (default: local)
              --advertise HOST[:PORT]      where clients reach it (default: 127.0.0.1:2049)
              --listen ADDRESS[:PORT]      where it listens to clients (default: the port of --advertise, on every
                                           address of this machine unless a loopback one is advertised)
              --address ADDRESSES          from where the master will see it: addresses or CIDR ranges, separated by
                                           commas (default: the advertised host)
              --help                       this text
            """;

    static String help(String role) {
        return role.equals("master") ? MASTER_HELP : WORKER_HELP;
    }

    static Options parse(String role, List<String> arguments) throws UsageException {
        if (!role.equals("master") && !role.equals("worker")) {
            throw new UsageException("only a master or a worker on its own needs init; it is done by itself otherwise");
        }
        if (arguments.contains("--help") || arguments.contains("-h")) {
            return new Options(role, true, Map.of());
        }
        Map<String, String> values = new HashMap<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            boolean known = COMMON.contains(option) || (role.equals("worker") && WORKER.contains(option));
            if (!known) {
                throw new UsageException("unknown option '" + option + "'");
            }
            if (!rest.hasNext()) {
                throw new UsageException(option + " needs a value");
            }
            String value = rest.next();
            if (value.isBlank() || value.contains("\n")) {
                throw new UsageException(option + " has no proper value");
            }
            // The last one counts, so that a script's own defaults can stand before.
            values.put(option, value);
        }
        return new Options(role, false, Map.copyOf(values)).checked();
    }

    private Options checked() throws UsageException {
        if (has("--passphrase-file") && has("--passphrase-variable")) {
            throw new UsageException("a passphrase comes from a file or from a variable, not from both");
        }
        endpoint("--listen", 0);
        if (role.equals("worker")) {
            if (!has("--master") || !has("--master-key")) {
                throw new UsageException("--master and --master-key are needed");
            }
            for (String word : List.of("--name", "--region", "--address")) {
                if (get(word, "").matches(".*\\s.*")) {
                    throw new UsageException(word + " has blanks");
                }
            }
            endpoint("--master", 0);
            endpoint("--advertise", 0);
            try {
                UUID.fromString(get("--uuid", UUID.randomUUID().toString()));
            } catch (IllegalArgumentException e) {
                throw new UsageException("--uuid is no uuid");
            }
        }
        return this;
    }

    boolean has(String option) {
        return values.containsKey(option);
    }

    String get(String option, String otherwise) {
        return values.getOrDefault(option, otherwise);
    }

    Path data() {
        return Path.of(get("--data", "data")).toAbsolutePath().normalize();
    }

    /** Where somebody listens. */
    record Endpoint(String host, int port) {}

    /** A host, perhaps with a port behind its last colon; an IPv6 address with a port stands in brackets. */
    Endpoint endpoint(String option, int defaultPort) throws UsageException {
        String text = get(option, DEFAULT_HOST);
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon >= 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = hasPort ? text.substring(0, colon) : text;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = hasPort ? port(option, text.substring(colon + 1)) : defaultPort;
        if (host.isEmpty() || host.matches(".*\\s.*")) {
            throw new UsageException(option + " has no host");
        }
        return new Endpoint(host, port);
    }

    private static int port(String option, String text) throws UsageException {
        if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > 65_535) {
            throw new UsageException(option + " has no port from 1 to 65535");
        }
        return Integer.parseInt(text);
    }
}
