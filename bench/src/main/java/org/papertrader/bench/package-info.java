/** Measurements of speed. Each starts what it needs on loopback, with temporary data, and stops it again. */
package org.papertrader.bench;
