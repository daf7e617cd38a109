package org.papertrader.workermanagement.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Reads IP addresses from text without ever asking a name service. */
final class IpAddress {
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final int GROUPS = 8;
    private static final int TEXT_MAX = 45;

    private IpAddress() {}

    /**
     * An IPv4 address of four decimal numbers, or an IPv6 address in any of its usual forms, without zone.
     *
     * @throws IllegalArgumentException for anything else
     */
    static InetAddress parse(String text) {
        byte[] bytes = text.length() > TEXT_MAX ? new byte[0] : text.indexOf(':') < 0 ? v4(text) : v6(text);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no IP address: '" + shortened(text) + "'", e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "...";
    }

    private static byte[] v4(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] bytes = new byte[4];
        if (parts.length != bytes.length) {
            return new byte[0];
        }
        for (int i = 0; i < bytes.length; i++) {
            int value = DECIMAL.matcher(parts[i]).matches() ? Integer.parseInt(parts[i]) : 256;
            if (value > 255) {
                return new byte[0];
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }

    private static byte[] v6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] all = groups(text);
            return all.length == 2 * GROUPS ? all : new byte[0];
        }
        String head = text.substring(0, gap);
        String tail = text.substring(gap + 2);
        byte[] left = head.isEmpty() ? new byte[0] : groups(head);
        byte[] right = tail.isEmpty() ? new byte[0] : groups(tail);
        boolean bad = (left.length == 0 && !head.isEmpty())
                || (right.length == 0 && !tail.isEmpty())
                || head.indexOf('.') >= 0
                || left.length + right.length >= 2 * GROUPS;
        if (bad) {
            return new byte[0];
        }
        byte[] bytes = Arrays.copyOf(left, 2 * GROUPS);
        System.arraycopy(right, 0, bytes, bytes.length - right.length, right.length);
        return bytes;
    }

    /** Groups of 16 bits between colons, the last two perhaps as an IPv4 address; empty when malformed. */
    private static byte[] groups(String text) {
        List<String> parts = Arrays.asList(text.split(":", -1));
        byte[] bytes = new byte[2 * GROUPS + 4];
        int length = 0;
        for (int i = 0; i < parts.size() && length <= 2 * GROUPS; i++) {
            String part = parts.get(i);
            if (i == parts.size() - 1 && part.indexOf('.') >= 0) {
                byte[] quad = v4(part);
                if (quad.length == 0) {
                    return quad;
                }
                System.arraycopy(quad, 0, bytes, length, quad.length);
                length += quad.length;
            } else if (GROUP.matcher(part).matches()) {
                int value = Integer.parseInt(part, 16);
                bytes[length++] = (byte) (value >> 8);
                bytes[length++] = (byte) value;
            } else {
                return new byte[0];
            }
        }
        return length > 2 * GROUPS ? new byte[0] : Arrays.copyOf(bytes, length);
    }
}
