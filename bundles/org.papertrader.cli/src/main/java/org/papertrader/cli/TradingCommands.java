package org.papertrader.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.papertrader.cli.Report.Column;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Order;
import org.papertrader.model.Portfolio;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.Return;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands of orders, portfolios and histories. */
final class TradingCommands {
    private TradingCommands() {}

    /** What buying and selling share. */
    abstract static class OrderCommand extends ClientCommand {
        @Parameters(index = "0", paramLabel = "SYMBOL", description = "The asset.")
        String symbol = "";

        @Parameters(index = "1", paramLabel = "QUANTITY", description = "How many units, up to 8 decimals.")
        String quantity = "";

        @Option(
                names = "--id",
                paramLabel = "ID",
                description = "Your own id of the order: the same id again is the same order, never a second one.")
        @Nullable
        String id;

        @Nullable
        ClientOrderId clientOrderId() {
            return id == null ? null : new ClientOrderId(id);
        }
    }

    @Command(name = "buy", description = "Buy at the next update interval.")
    static final class Buy extends OrderCommand {
        @Override
        Report run(Workspace workspace) {
            Return.PurchaseSuccess done =
                    workspace.loggedIn().buy(Arguments.symbol(symbol), Arguments.quantity(quantity), clientOrderId());
            return Report.Facts.of(
                    "order", done.orderId().toString(),
                    "reserved", done.reserved().toString(),
                    "free cash", done.cashAvailable().toString());
        }
    }

    @Command(name = "sell", description = "Sell at the next update interval.")
    static final class Sell extends OrderCommand {
        @Override
        Report run(Workspace workspace) {
            Return.SellSuccess done =
                    workspace.loggedIn().sell(Arguments.symbol(symbol), Arguments.quantity(quantity), clientOrderId());
            return Report.Facts.of(
                    "order", done.orderId().toString(),
                    "free cash", done.cashAvailable().toString());
        }
    }

    @Command(name = "cancel", description = "Take an open order back.")
    static final class Cancel extends ClientCommand {
        @Parameters(index = "0", paramLabel = "ORDER", description = "The order's number.")
        private String order = "";

        @Override
        Report run(Workspace workspace) {
            Return.CancelSuccess done = workspace.loggedIn().cancel(Arguments.order(order));
            return Report.Facts.of(
                    "cancelled", done.orderId().toString(),
                    "free cash", done.cashAvailable().toString());
        }
    }

    @Command(name = "orders", description = "Your orders, newest first.")
    static final class Orders extends ClientCommand {
        @Option(names = "--all", description = "Those that ended too; without this, the open ones.")
        private boolean all;

        @Override
        Report run(Workspace workspace) {
            return orders(workspace.loggedIn().orders(!all));
        }
    }

    static Report orders(List<Order> orders) {
        return new Report.Table(
                List.of(
                        Column.right("order"),
                        Column.left("side"),
                        Column.left("symbol"),
                        Column.right("quantity"),
                        Column.right("reserved"),
                        Column.left("status"),
                        Column.left("reason")),
                orders.stream()
                        .map(order -> List.of(
                                order.id().toString(),
                                order.side().name().toLowerCase(Locale.ROOT),
                                order.symbol().value(),
                                order.quantity().toString(),
                                order.reserved().toString(),
                                order.status().name().toLowerCase(Locale.ROOT),
                                order.reason() == null
                                        ? ""
                                        : order.reason().code().code()))
                        .toList());
    }

    @Command(name = "portfolio", description = "Cash and positions with profit and loss.")
    static final class ShowPortfolio extends ClientCommand {
        @Parameters(index = "0", arity = "0..1", paramLabel = "USER", description = "Whose; without it, yours.")
        private @Nullable String userName;

        @Override
        Report run(Workspace workspace) {
            BlockingTraderClient client = workspace.loggedIn();
            UserName name = userName == null ? workspace.user() : Arguments.userName(userName);
            Payload payload = client.portfolio(name);
            if (payload instanceof Payload.OwnPortfolio own) {
                return portfolio(own.portfolio());
            }
            Payload.PublicPortfolio other = (Payload.PublicPortfolio) payload;
            return Report.Facts.of(
                    "user",
                    other.owner().value(),
                    "total value",
                    other.totalValue().toString());
        }
    }

    static Report portfolio(Portfolio portfolio) {
        Map<String, Report> parts = new LinkedHashMap<>();
        parts.put(
                "positions",
                new Report.Table(
                        List.of(
                                Column.left("symbol"),
                                Column.right("quantity"),
                                Column.right("cost"),
                                Column.right("value"),
                                Column.right("unrealised"),
                                Column.right("realised")),
                        portfolio.positions().stream()
                                .map(position -> List.of(
                                        position.symbol().value(),
                                        position.quantity().toString(),
                                        position.costBasis().toString(),
                                        position.marketValue().toString(),
                                        position.unrealisedProfit().toString(),
                                        position.realisedProfit().toString()))
                                .toList()));
        parts.put(
                "totals",
                Report.Facts.of(
                        "cash", portfolio.cash().toString(),
                        "reserved", portfolio.reservedCash().toString(),
                        "total value", portfolio.totalValue().toString(),
                        "as of", portfolio.asOf().toString()));
        return new Report.Parts(parts);
    }

    @Command(name = "transactions", description = "Your history, oldest first.")
    static final class Transactions extends ClientCommand {
        @Override
        Report run(Workspace workspace) {
            BlockingTraderClient client = workspace.loggedIn();
            return transactions(client.transactions(workspace.user()));
        }
    }

    static Report transactions(List<Transaction> transactions) {
        return new Report.Table(
                List.of(
                        Column.right("line"),
                        Column.left("through (UTC)"),
                        Column.left("kind"),
                        Column.left("symbol"),
                        Column.right("quantity"),
                        Column.right("price"),
                        Column.right("cash"),
                        Column.left("outcome")),
                transactions.stream().map(TradingCommands::row).toList());
    }

    private static List<String> row(Transaction line) {
        return List.of(
                Long.toString(line.id()),
                seconds(line.times().completed()),
                line.kind().name().toLowerCase(Locale.ROOT),
                line.symbol() == null ? "-" : line.symbol().value(),
                line.quantity().toString(),
                line.price().toString(),
                line.cashEffect().toString(),
                line.reason() == null
                        ? line.outcome().name().toLowerCase(Locale.ROOT)
                        : line.reason().code().code());
    }

    private static String seconds(Instant instant) {
        return instant.toString().replace('T', ' ').substring(0, 19);
    }

    @Command(name = "watch", description = "Show notices of your orders as they come, until Ctrl-C.")
    static final class Watch extends ClientCommand {
        @Option(names = "--seconds", paramLabel = "N", description = "Stop after so long (default: never).")
        private long seconds;

        @Override
        Report run(Workspace workspace) {
            workspace.loggedIn().subscribe();
            try {
                CountDownLatch never = new CountDownLatch(1);
                if (seconds > 0) {
                    never.await(seconds, TimeUnit.SECONDS);
                } else {
                    never.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Report.Facts.of("watched", "done");
        }
    }
}
