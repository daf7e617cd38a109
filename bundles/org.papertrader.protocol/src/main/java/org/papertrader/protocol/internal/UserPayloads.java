package org.papertrader.protocol.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.Email;
import org.papertrader.model.Money;
import org.papertrader.model.Portfolio;
import org.papertrader.model.Position;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.protocol.api.Payload;

/** Layouts of accounts and portfolios. Totals and unrealised profits are written for clients and skipped here. */
final class UserPayloads {
    private UserPayloads() {}

    static void info(PayloadWriter out, Payload.UserInfo info) {
        out.string(info.userName().value());
        out.instant(info.registered());
        info.own().ifPresent(own -> {
            out.string(own.email().value());
            out.bool(own.isPassword());
            out.bool(own.isThirdParty());
        });
    }

    static Payload info(Payload.Stamp stamp, boolean own, PayloadReader in) {
        UserName name = new UserName(in.string());
        Instant registered = in.instant();
        Optional<Payload.OwnInfo> ownInfo =
                own ? Optional.of(new Payload.OwnInfo(new Email(in.string()), in.bool(), in.bool())) : Optional.empty();
        return new Payload.UserInfo(stamp, name, registered, ownInfo);
    }

    static void portfolio(PayloadWriter out, Portfolio portfolio) {
        out.string(portfolio.owner().value());
        out.money(portfolio.totalValue());
        out.i64(portfolio.version());
        out.instant(portfolio.asOf());
        out.money(portfolio.cash());
        out.money(portfolio.reservedCash());
        out.money(sum(portfolio, Position::marketValue));
        out.money(sum(portfolio, Position::costBasis));
        out.money(sum(portfolio, Position::realisedProfit));
        out.money(sum(portfolio, Position::unrealisedProfit));
        out.u32(portfolio.positions().size());
        for (Position position : portfolio.positions()) {
            out.row(() -> position(out, position));
        }
    }

    static Payload portfolio(Payload.Stamp stamp, boolean own, PayloadReader in) {
        UserName owner = new UserName(in.string());
        Money total = in.money();
        if (!own) {
            return new Payload.PublicPortfolio(stamp, owner, total);
        }
        long version = in.i64();
        Instant asOf = in.instant();
        Money cash = in.money();
        Money reserved = in.money();
        for (int i = 0; i < 4; i++) {
            in.money();
        }
        List<Position> positions = in.rows(UserPayloads::position);
        return new Payload.OwnPortfolio(stamp, new Portfolio(owner, cash, reserved, version, positions, asOf));
    }

    private static void position(PayloadWriter out, Position position) {
        out.string(position.symbol().value());
        out.quantity(position.quantity());
        out.quantity(position.reserved());
        out.money(position.costBasis());
        out.money(position.marketValue());
        out.money(position.realisedProfit());
        out.money(position.unrealisedProfit());
        Price price = position.lastPrice();
        out.bool(price != null);
        out.price(price == null ? Price.ZERO : price);
    }

    private static Position position(PayloadReader in) {
        Symbol symbol = new Symbol(in.string());
        Quantity quantity = in.quantity();
        Quantity reserved = in.quantity();
        Money cost = in.money();
        Money market = in.money();
        Money realised = in.money();
        in.money();
        @Nullable Price price = in.bool() ? in.price() : null;
        return new Position(symbol, quantity, reserved, cost, realised, price, market);
    }

    private static Money sum(Portfolio portfolio, Function<Position, Money> part) {
        return portfolio.positions().stream().map(part).reduce(Money.ZERO, Money::plus);
    }
}
