package org.papertrader.link.internal;

import java.util.ArrayList;
import java.util.List;

/** Cuts lists so that each part fits into a record. */
final class Chunks {
    private Chunks() {}

    static <T> List<List<T>> of(List<T> all, int size) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            parts.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return parts;
    }
}
