package org.papertrader.workermanagement.internal;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** From where a worker may connect: addresses and CIDR ranges, comma-separated (PRO-9). */
final class AddressRules {
    /** Most addresses and ranges of a worker. */
    static final int RULES_MAX = 64;

    private final List<Range> ranges;

    private AddressRules(List<Range> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    private record Range(InetAddress network, int bits) {
        boolean contains(InetAddress address) {
            byte[] theirs = address.getAddress();
            byte[] ours = network.getAddress();
            if (theirs.length != ours.length) {
                return false;
            }
            int whole = bits / 8;
            if (!Arrays.equals(theirs, 0, whole, ours, 0, whole)) {
                return false;
            }
            int rest = bits % 8;
            return rest == 0 || ((theirs[whole] ^ ours[whole]) & (0xff << (8 - rest)) & 0xff) == 0;
        }
    }

    /** Reads the rules; throws {@link IllegalArgumentException} for anything but addresses and ranges. */
    static AddressRules parse(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length > RULES_MAX) {
            throw new IllegalArgumentException("more than " + RULES_MAX + " addresses");
        }
        List<Range> ranges = new ArrayList<>();
        for (String part : parts) {
            ranges.add(range(part.strip()));
        }
        return new AddressRules(ranges);
    }

    private static Range range(String text) {
        int slash = text.indexOf('/');
        InetAddress network = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        int bitsMax = 8 * network.getAddress().length;
        if (slash < 0) {
            return new Range(network, bitsMax);
        }
        String bits = text.substring(slash + 1);
        if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > bitsMax) {
            throw new IllegalArgumentException("a range ends with /0 to /" + bitsMax + ": '" + text + "'");
        }
        return new Range(network, Integer.parseInt(bits));
    }

    boolean allow(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
