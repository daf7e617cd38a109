package org.papertrader.trading.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.Refusal;
import org.papertrader.model.Symbol;
import org.papertrader.shell.text.Facts;
import org.papertrader.shell.text.Failed;
import org.papertrader.shell.text.Listing;
import org.papertrader.shell.text.Typed;
import org.papertrader.shell.text.Words;
import org.papertrader.storage.api.LedgerBatch.HoldRow;
import org.papertrader.trading.internal.QueueStatus.Queued;

/** Shell commands of scope {@code queue}; for what they do see {@link QueueAdmin}. */
public final class QueueCommands {
    static final String SCOPE = "queue";
    static final String[] FUNCTIONS = {"list", "show", "hold", "release", "cancel"};

    private static final String LIST =
            "queue:list [--user NAME] [--symbol SYMBOL] [--worker UUID] [--limit NUMBER] [--json]";
    private static final String SHOW = "queue:show [--json]";
    private static final String HOLD = "queue:hold [SYMBOL] [--reason TEXT]";
    private static final String RELEASE = "queue:release [SYMBOL]";
    private static final String CANCEL = "queue:cancel ORDER [--reason TEXT] --yes";

    private static final Pattern UUID_BEGINNING = Pattern.compile("[0-9a-f-]*");

    private final QueueAdmin admin;

    QueueCommands(QueueAdmin admin) {
        this.admin = admin;
    }

    /** Lists the oldest open orders. */
    @Descriptor("lists the oldest open orders, and why each waits")
    public String list(
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("only orders of this user") @Parameter(names = "--user", absentValue = "") String user,
            @Descriptor("only orders of this asset") @Parameter(names = "--symbol", absentValue = "") String symbol,
            @Descriptor("only orders that came through this worker: its uuid, or the beginning of it")
                    @Parameter(names = "--worker", absentValue = "")
                    String worker,
            @Descriptor("how many at most, 1 to 1000") @Parameter(names = "--limit", absentValue = "50") String limit,
            @Descriptor("nothing more") String... words) {
        Typed.none(words, LIST);
        String uuid = beginning(worker);
        QueueQuery query = new QueueQuery(
                user.isEmpty() ? null : admin.account(user),
                symbol.isEmpty() ? null : symbol(symbol),
                uuid,
                null,
                Typed.number(limit, QueueQuery.LIMIT_MAX));
        QueueStatus status = admin.status(query);
        List<Facts> rows = status.oldest().stream().map(QueueCommands::row).toList();
        return new Listing(
                        "orders",
                        rows,
                        Set.of("symbol", "quantity", "why"),
                        new Facts().add("open", status.openOrders()).add("matching", status.matching()),
                        footer(status))
                .text(json);
    }

    /** Shows the state of the queue and its bounds. */
    @Descriptor("shows the state of the queue, its bounds, and what is held")
    public String show(
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("nothing more") String... words) {
        Typed.none(words, SHOW);
        QueueStatus status = admin.glance(QueueQuery.NONE);
        TradingSettings rules = admin.settings();
        Facts facts = new Facts().add("state", status.phase());
        if (status.known()) {
            facts.add("held", status.holds().stream().map(QueueCommands::held).toList());
        }
        facts.add("underWay", admin.depth()).add("underWayMax", rules.queueDepthMax());
        if (status.known()) {
            facts.add("openOrders", status.openOrders())
                    .add("settling", status.settling())
                    .add("lastStoredOrder", status.committedOrderId());
        }
        return facts.add("batchesWaiting", status.batchesWaiting())
                .add("reserveMarginPercent", rules.reserveMarginPercent())
                .add("fee", rules.fee())
                .add("currency", rules.currency())
                .add("priceAgeMax", rules.priceAgeMax())
                .text(json);
    }

    /** Holds orders back. */
    @Descriptor("holds orders back, all or of one asset: they are accepted, and wait until they are released")
    public String hold(
            @Descriptor("why; the owners of the orders see it") @Parameter(names = "--reason", absentValue = "")
                    String reason,
            @Descriptor("the asset; without one, all orders") String... symbol) {
        Symbol asset = optional(symbol, HOLD);
        admin.hold(asset, reason(reason, HoldRow.REASON_MAX));
        // Held all the same: it may be listed later. Whoever mistyped it must not believe that another one is held.
        String unknown = asset != null && admin.isUnknown(asset) ? ", but there is no asset " + asset : "";
        return what(asset) + " are held" + unknown + "; queue:release" + (asset == null ? "" : " " + asset)
                + " releases them\n";
    }

    /** Releases orders. */
    @Descriptor("releases what queue:hold of the same words held; amid a settlement it counts for its rest")
    public String release(@Descriptor("the asset; without one, the hold of all orders") String... symbol) {
        Symbol asset = optional(symbol, RELEASE);
        boolean wasHeld = admin.release(asset);
        return what(asset) + (wasHeld ? " are released" : " were not held") + stillHeld(admin.glance(QueueQuery.NONE))
                + "\n";
    }

    /** The release itself is done: what cannot be known now must not look as if it were not. */
    private static String stillHeld(QueueStatus status) {
        if (!status.known()) {
            return "; trading is loading, see queue:show later for what is still held";
        }
        List<String> left = status.holds().stream()
                .map(hold ->
                        hold.symbol() == null ? "all orders" : hold.symbol().value())
                .toList();
        return left.isEmpty() ? "" : "; still held: " + String.join(", ", left);
    }

    /** Cancels an open order of whomever. */
    @Descriptor("cancels an open order; its owner is told, and the reserved cash or units are free again")
    public String cancel(
            @Descriptor("why; the order's owner sees it") @Parameter(names = "--reason", absentValue = "")
                    String reason,
            @Descriptor("confirms it") @Parameter(names = "--yes", presentValue = "true", absentValue = "false")
                    boolean yes,
            @Descriptor("the order's number") String... order) {
        OrderId id = order(Typed.one(order, CANCEL));
        String why = reason(reason, HoldRow.REASON_MAX);
        Order open = admin.open(id);
        Typed.confirmed(
                yes,
                "this cancels order " + id + " of account " + open.account() + ", " + open.side() + " "
                        + open.quantity() + " " + open.symbol());
        return admin.cancel(open, why) + "\n";
    }

    private static Facts row(Queued queued) {
        Order order = queued.order();
        Refusal why = queued.why();
        return new Facts()
                .add("order", order.id().value())
                .add("account", order.account().value())
                .add("side", order.side())
                .add("quantity", order.quantity())
                .add("symbol", order.symbol())
                .more("reserved", order.reserved())
                .more(
                        "clientOrderId",
                        order.clientOrderId() == null
                                ? null
                                : order.clientOrderId().value())
                .more("issued", order.times().issued())
                .more("worker", queued.worker())
                .add("accepted", order.times().accepted())
                .add("why", why == null ? null : why.code().code())
                .more("whyText", why == null ? null : why.text());
    }

    private static Facts held(HoldRow hold) {
        return new Facts()
                .add("orders", hold.symbol() == null ? "all" : hold.symbol())
                .add("since", hold.since())
                .add("reason", hold.reason());
    }

    private static String footer(QueueStatus status) {
        String all = status.matching() == status.openOrders() ? "" : " that match, of " + status.openOrders();
        return status.oldest().size() + " of " + status.matching() + all + " open orders\n"
                + (status.holds().isEmpty() ? "" : "some are held: queue:show\n");
    }

    private static String what(@Nullable Symbol asset) {
        return asset == null ? "all orders" : "orders of " + asset;
    }

    private static @Nullable Symbol optional(String[] words, String usage) {
        Optional<String> word = Typed.atMostOne(words, usage);
        return word.isPresent() ? symbol(word.get()) : null;
    }

    private static Symbol symbol(String text) {
        return new Symbol(text.toUpperCase(Locale.ROOT));
    }

    private static String beginning(String worker) {
        String uuid = worker.toLowerCase(Locale.ROOT);
        if (!UUID_BEGINNING.matcher(uuid).matches()) {
            throw new Failed("'" + Words.printable(worker) + "' is no worker's uuid, nor how one begins");
        }
        return uuid;
    }

    private static OrderId order(String text) {
        try {
            return new OrderId(Long.parseLong(text));
        } catch (IllegalArgumentException e) {
            throw new Failed("'" + Words.printable(text) + "' is no order's number");
        }
    }

    private static String reason(String typed, int most) {
        String reason = Words.printable(typed.strip());
        if (reason.length() > most) {
            throw new Failed("a reason has at most " + most + " characters");
        }
        return reason;
    }
}
