package org.papertrader.log.front.internal;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.papertrader.log.front.CapturedEntry;
import org.slf4j.spi.MDCAdapter;

/**
 * The mapped diagnostic context as one immutable map a thread: taking it into an entry copies nothing. It is not
 * inherited, because a pool's thread made in one request would carry that one's context for ever.
 */
public final class ThreadContext implements MDCAdapter {

    private static final ThreadLocal<Map<String, String>> VALUES = new ThreadLocal<>();
    private static final ThreadLocal<Map<String, Deque<String>>> STACKS = new ThreadLocal<>();

    /** What the calling thread is at, in the order of the names; immutable. */
    static Map<String, String> current() {
        Map<String, String> values = VALUES.get();
        return values == null ? Map.of() : values;
    }

    @Override
    public void put(String key, @Nullable String value) {
        Map<String, String> changed = new TreeMap<>(current());
        if (value == null) {
            changed.remove(key);
        } else if (changed.size() < CapturedEntry.CONTEXT_MAX || changed.containsKey(key)) {
            changed.put(key, Capture.cut(value, CapturedEntry.NAME_CHARS_MAX));
        }
        keep(changed);
    }

    @Override
    public @Nullable String get(String key) {
        return current().get(key);
    }

    @Override
    public void remove(String key) {
        put(key, null);
    }

    @Override
    public void clear() {
        VALUES.remove();
        STACKS.remove();
    }

    @Override
    public Map<String, String> getCopyOfContextMap() {
        return new HashMap<>(current());
    }

    @Override
    public void setContextMap(@Nullable Map<String, String> values) {
        VALUES.remove();
        if (values != null) {
            values.forEach(this::put);
        }
    }

    @Override
    public void pushByKey(String key, String value) {
        Deque<String> stack = stacks().computeIfAbsent(key, name -> new ArrayDeque<>());
        if (stack.size() < CapturedEntry.CONTEXT_MAX) {
            stack.push(value);
        }
    }

    @Override
    public @Nullable String popByKey(String key) {
        Deque<String> stack = stacks().get(key);
        return stack == null ? null : stack.poll();
    }

    @Override
    public @Nullable Deque<String> getCopyOfDequeByKey(String key) {
        Deque<String> stack = stacks().get(key);
        return stack == null ? null : new ArrayDeque<>(stack);
    }

    @Override
    public void clearDequeByKey(String key) {
        stacks().remove(key);
    }

    private static Map<String, Deque<String>> stacks() {
        Map<String, Deque<String>> stacks = STACKS.get();
        if (stacks == null) {
            stacks = new HashMap<>();
            STACKS.set(stacks);
        }
        return stacks;
    }

    private static void keep(Map<String, String> values) {
        if (values.isEmpty()) {
            VALUES.remove();
        } else {
            VALUES.set(Collections.unmodifiableMap(values));
        }
    }
}
