package org.papertrader.protocol.internal;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.papertrader.model.Money;
import org.papertrader.model.ReasonCode;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.ServerInfo;

/** {@code serverInfo} as {@code key=value} arguments; keys that are not known are ignored. */
final class ServerInfoText {
    private static final long MILLIS_MAX = Duration.ofDays(366).toMillis();

    private ServerInfoText() {}

    static List<String> arguments(ServerInfo info) {
        List<String> out = new ArrayList<>();
        add(out, "protocol", info.versions().stream().map(Object::toString).collect(Collectors.joining("/")));
        add(out, "server", info.software());
        add(out, "role", info.role());
        add(out, "realm", info.realm());
        add(out, "currency", info.currency());
        add(out, "serverTime", Grammar.text(info.serverTime()));
        add(out, "marketTime", Grammar.text(info.market().time()));
        add(out, "marketAcceleration", Integer.toString(info.market().acceleration()));
        add(out, "marketOpen", Boolean.toString(info.market().open()));
        add(out, "updateIntervalMs", millis(info.market().updateInterval()));
        add(out, "nextInterval", Grammar.text(info.market().nextInterval()));
        add(out, "startingCash", info.terms().startingCash().toString());
        add(out, "reserveMarginPercent", Integer.toString(info.terms().reserveMarginPercent()));
        add(out, "fee", info.terms().fee().toString());
        add(out, "openOrdersMax", Integer.toString(info.terms().openOrdersMax()));
        add(out, "idleTimeoutMs", millis(info.limits().idleTimeout()));
        add(out, "inFlightMax", Integer.toString(info.limits().inFlightMax()));
        add(out, "requestDataMax", Integer.toString(ProtocolLimits.REQUEST_DATA_MAX));
        add(out, "packetDataMax", Integer.toString(ProtocolLimits.RETURN_DATA_MAX));
        return out;
    }

    static ServerInfo parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 1) {
                throw bad("An argument of serverInfo is key=value.");
            }
            values.put(argument.substring(0, equals), Percent.decode(argument.substring(equals + 1)));
        }
        try {
            return new ServerInfo(
                    Stream.of(get(values, "protocol").split("/", -1))
                            .map(version -> (int) Grammar.number(version, 0))
                            .toList(),
                    get(values, "server"),
                    get(values, "role"),
                    get(values, "realm"),
                    get(values, "currency"),
                    Grammar.instant(get(values, "serverTime")),
                    market(values),
                    terms(values),
                    limits(values));
        } catch (DateTimeException | ArithmeticException e) {
            throw bad("A time or number of serverInfo is out of range.");
        }
    }

    private static ServerInfo.Market market(Map<String, String> values) {
        return new ServerInfo.Market(
                Grammar.instant(get(values, "marketTime")),
                Math.toIntExact(Grammar.number(get(values, "marketAcceleration"), 0)),
                Grammar.bool(get(values, "marketOpen")),
                duration(values, "updateIntervalMs"),
                Grammar.instant(get(values, "nextInterval")));
    }

    private static ServerInfo.Terms terms(Map<String, String> values) {
        return new ServerInfo.Terms(
                Grammar.parse(get(values, "startingCash"), Money::parse, ReasonCode.BAD_ARGUMENTS),
                Math.toIntExact(Grammar.number(get(values, "reserveMarginPercent"), 0)),
                Grammar.parse(get(values, "fee"), Money::parse, ReasonCode.BAD_ARGUMENTS),
                Math.toIntExact(Grammar.number(get(values, "openOrdersMax"), 1)));
    }

    private static ServerInfo.Limits limits(Map<String, String> values) {
        return new ServerInfo.Limits(
                duration(values, "idleTimeoutMs"), Math.toIntExact(Grammar.number(get(values, "inFlightMax"), 1)));
    }

    private static Duration duration(Map<String, String> values, String key) {
        return Duration.ofMillis(Math.min(MILLIS_MAX, Grammar.number(get(values, key), 0)));
    }

    private static String get(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw bad("serverInfo lacks " + key + ".");
        }
        return value;
    }

    private static void add(List<String> out, String key, String value) {
        out.add(key + '=' + Percent.encode(value));
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static BadMessage bad(String text) {
        return new BadMessage(ReasonCode.BAD_ARGUMENTS, text);
    }
}
