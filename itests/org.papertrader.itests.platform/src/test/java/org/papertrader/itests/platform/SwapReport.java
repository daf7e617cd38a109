package org.papertrader.itests.platform;

import java.time.Duration;
import java.util.List;

/**
 * How the users of a bundle fared while it was swapped.
 *
 * @param swaps how often it was swapped
 * @param requests how many were made in all
 * @param failed how many of them failed
 * @param worst the longest that one took
 * @param examples the first few failures
 */
record SwapReport(int swaps, long requests, long failed, Duration worst, List<Throwable> examples) {

    static final int EXAMPLES_MAX = 5;
}
