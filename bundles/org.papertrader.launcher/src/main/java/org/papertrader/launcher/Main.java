package org.papertrader.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleException;

/** Starts a PaperTrader distribution, tells when it is ready, and ends it in an orderly way. */
public final class Main {
    private static final PrintStream OUT = System.out;
    private static final PrintStream ERR = System.err;

    /** Set before this class ends the process itself, so that the shutdown hook has nothing left to do. */
    private static volatile boolean ended;

    private static volatile boolean signalled;

    private Main() {}

    /**
     * Runs until the framework stops; the process exits with one of {@link ExitCode}.
     *
     * @param arguments the command line, see {@code --help}
     */
    public static void main(String[] arguments) {
        int exitCode = ExitCode.START_FAILED;
        try {
            exitCode = run(List.of(arguments));
        } catch (LaunchException e) {
            ERR.println("papertrader: " + e.line());
            exitCode = e.exitCode();
        } catch (IOException e) {
            ERR.println("papertrader: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // The outermost edge: whatever went wrong, the process must end and say so.
            ERR.println("papertrader: internal error: " + e);
            e.printStackTrace(ERR);
        } finally {
            ended = true;
            System.exit(exitCode);
        }
    }

    private static int run(List<String> arguments) throws LaunchException, IOException, InterruptedException {
        Options options = Options.parse(arguments);
        Path home = Path.of(System.getProperty("papertrader.home", ".")).toAbsolutePath();
        Distribution distribution = Distribution.at(home.normalize());
        return switch (options.task()) {
            case HELP -> say(Options.help("papertrader-" + distribution.role()));
            case VERSION -> say("PaperTrader " + distribution.role() + " " + distribution.version() + "\n");
            case RUN -> launch(distribution, options, Map.of());
            case PREPARE -> launch(distribution, options, Preparation.variables());
        };
    }

    private static int say(String text) {
        OUT.print(text);
        return ExitCode.STOPPED;
    }

    private static int launch(Distribution distribution, Options options, Map<String, String> variables)
            throws LaunchException, IOException, InterruptedException {
        try (DataDirectory held = DataDirectory.hold(options.data())) {
            held.sign();
            DataDirectory.prepareConf(options.conf(), distribution.home().resolve("conf"));
            Platform platform = new Platform(distribution, options, variables);
            Announcements announcements = new Announcements(OUT, ERR, processStart(), reason -> stopApart(platform));
            Thread hook = new Thread(() -> stopAndHalt(platform), "papertrader-shutdown");
            Runtime.getRuntime().addShutdownHook(hook);
            platform.start(distribution, announcements);
            if (options.task() == Options.Task.PREPARE) {
                Preparation.learn(platform, Path.of(System.getProperty(Preparation.CLASSES)));
                stop(platform);
            }
            platform.awaitStop();
            if (signalled) {
                hook.join();
            }
            return finish(announcements);
        }
    }

    private static int finish(Announcements announcements) {
        if (announcements.fatal() != null) {
            return ExitCode.FATAL;
        }
        OUT.println("stopped");
        return ExitCode.STOPPED;
    }

    /** A bundle may report from its activator: the framework cannot stop while that thread is inside it. */
    private static void stopApart(Platform platform) {
        new Thread(() -> stop(platform), "papertrader-stop").start();
    }

    /** On SIGTERM and SIGINT the JVM would exit with 143 or 130; an orderly stop is a success. */
    private static void stopAndHalt(Platform platform) {
        if (ended) {
            return;
        }
        signalled = true;
        boolean orderly = stop(platform);
        OUT.println("stopped");
        OUT.flush();
        Runtime.getRuntime().halt(orderly ? ExitCode.STOPPED : ExitCode.FATAL);
    }

    private static boolean stop(Platform platform) {
        try {
            if (platform.stop()) {
                return true;
            }
            ERR.println("papertrader: some parts did not stop in time");
            Runtime.getRuntime().halt(ExitCode.FATAL);
        } catch (BundleException e) {
            ERR.println("papertrader: cannot stop: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static Instant processStart() {
        return ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    }
}
