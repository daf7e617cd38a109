package org.papertrader.workermanagement.internal;

import java.time.Clock;
import java.util.function.Supplier;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.shell.text.Failed;
import org.papertrader.shell.text.Words;
import org.papertrader.workers.api.WorkerManagement.Outcome;
import org.papertrader.workers.api.WorkerView;

/** Shell commands of scope {@code worker} (MST-19 to MST-21); for what means a worker see {@link WorkerDesk}. */
@Component(
        service = WorkerCommands.class,
        property = {
            "osgi.command.scope=worker",
            "osgi.command.function=list",
            "osgi.command.function=show",
            "osgi.command.function=register",
            "osgi.command.function=rotate",
            "osgi.command.function=retirekey",
            "osgi.command.function=enable",
            "osgi.command.function=disable",
            "osgi.command.function=boot",
            "osgi.command.function=remove"
        })
public final class WorkerCommands {
    private static final String JSON = "--json";
    private static final String YES = "--yes";

    private final WorkerDesk desk;
    private final Clock clock;

    @Activate
    public WorkerCommands(@Reference WorkerDesk desk) {
        this(desk, Clock.systemUTC());
    }

    WorkerCommands(WorkerDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /** Lists all registered workers, in at most 80 columns. */
    @Descriptor("lists the registered workers: links, load, clocks, and how many are expected")
    public String list() {
        return desk.isLoaded()
                ? WorkerTable.of(desk.list(), desk.census(), clock.instant())
                : "the register is not loaded yet\n";
    }

    /** Lists them as JSON, in full. */
    @Descriptor("the same for scripts")
    public String list(@Descriptor("--json: everything in full") String option) {
        return with(option, JSON, () -> WorkerJson.of(desk.list(), desk.census()));
    }

    /** Shows all that is known of one worker, and what it answers now. */
    @Descriptor("shows one worker: what is stored of it, and what it answers now")
    public String show(@Descriptor("its name, its uuid, or the beginning of its uuid") String worker) {
        return desk.find(worker)
                .map(view -> WorkerSheet.of(view, clock.instant()))
                .orElseThrow(() -> none(worker));
    }

    /** Shows it as JSON. */
    @Descriptor("the same for scripts")
    public String show(
            @Descriptor("its name, its uuid, or the beginning of its uuid") String worker,
            @Descriptor("--json: everything in full") String option) {
        return with(option, JSON, () -> desk.find(worker)
                .map(WorkerJson::of)
                .map(text -> text + "\n")
                .orElseThrow(() -> none(worker)));
    }

    /** Registers a worker with the public key in a file, or changes its name, region and addresses. */
    @Descriptor("registers a worker, or changes its name, region and addresses")
    public String register(
            @Descriptor("its uuid, as the worker's init prints it") String uuid,
            @Descriptor("a name, without blanks") String name,
            @Descriptor("a region, without blanks; clients are told of near workers first") String region,
            @Descriptor("IP addresses or ranges that it may come from, separated by commas") String addresses,
            @Descriptor("file with its public OpenPGP key, armored") String keyFile) {
        return text(desk.register(Registration.uuid(uuid), name, region, addresses, KeyFiles.text(keyFile)));
    }

    /** Adds the public key in a file beside the old one, which ends when the worker has connected with the new one. */
    @Descriptor("adds a new key beside the old one, which ends when the worker has connected with the new one")
    public String rotate(
            @Descriptor("its name, its uuid, or the beginning of its uuid") String worker,
            @Descriptor("file with its new public OpenPGP key, armored") String keyFile) {
        return text(desk.rotate(worker, KeyFiles.text(keyFile)));
    }

    /** Ends the old key at once. */
    @Descriptor("ends the old key of a worker at once")
    public String retireKey(@Descriptor("its name, its uuid, or the beginning of its uuid") String worker) {
        return text(desk.retireKey(worker));
    }

    /** Lets a worker connect again. */
    @Descriptor("lets a worker connect again")
    public String enable(@Descriptor("its name, its uuid, or the beginning of its uuid") String worker) {
        return text(desk.enable(worker));
    }

    /** Takes a worker out of service, gently. */
    @Descriptor("takes a worker out of service: its clients move, then its link closes")
    public String disable(@Descriptor("its name, its uuid, or the beginning of its uuid") String worker) {
        return text(desk.disable(worker));
    }

    /** Boots a worker off within a second and keeps it away. */
    @Descriptor("takes a worker out of service within a second")
    public String boot(@Descriptor("its name, its uuid, or the beginning of its uuid") String worker) {
        return text(desk.boot(worker));
    }

    /** Boots a worker off and takes it out of the register; unless confirmed, refuses and says what that means. */
    @Descriptor("boots a worker off and forgets it and its key")
    public String remove(
            @Descriptor("its name, its uuid, or the beginning of its uuid") String worker,
            @Descriptor("--yes confirms it") String... options) {
        if (options.length == 0) {
            WorkerView view = desk.find(worker).orElseThrow(() -> none(worker));
            throw new Failed("this boots off " + view.name() + " (" + view.uuid() + ") and forgets its key; add " + YES
                    + " to do it");
        }
        return with(String.join(" ", options), YES, () -> text(desk.remove(worker)));
    }

    private static String with(String option, String expected, Supplier<String> command) {
        if (!option.equals(expected)) {
            throw new Failed("the only option is " + expected);
        }
        return command.get();
    }

    private static Failed none(String worker) {
        return new Failed(
                "there is no worker " + Words.printable(worker) + "; name it, or give its uuid or the beginning of it");
    }

    private static String text(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            throw new Failed(refused.text());
        }
        return outcome.text() + "\n";
    }
}
