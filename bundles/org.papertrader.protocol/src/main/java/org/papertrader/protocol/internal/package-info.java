/** The codec of protocol version 1. */
package org.papertrader.protocol.internal;
