package org.papertrader.features.internal;

import java.math.BigInteger;
import java.util.Comparator;

/** The order of versions in a Maven repository: numbers by value, a qualifier such as SNAPSHOT before none. */
final class MavenVersion {
    static final Comparator<String> ORDER = MavenVersion::compare;

    private MavenVersion() {}

    private static int compare(String one, String other) {
        String[] left = one.split("[.-]", -1);
        String[] right = other.split("[.-]", -1);
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int order = compareParts(i < left.length ? left[i] : "", i < right.length ? right[i] : "");
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareParts(String left, String right) {
        int rank = Integer.compare(rank(left), rank(right));
        if (rank != 0) {
            return rank;
        }
        return rank(left) == 2 ? new BigInteger(left).compareTo(new BigInteger(right)) : left.compareTo(right);
    }

    /** 1.0-rc1 is before 1.0, which is before 1.0.1. */
    private static int rank(String part) {
        if (part.isEmpty()) {
            return 1;
        }
        return part.chars().allMatch(c -> c >= '0' && c <= '9') ? 2 : 0;
    }
}
