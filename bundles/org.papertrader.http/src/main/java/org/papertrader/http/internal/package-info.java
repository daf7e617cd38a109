/**
 * The HTTP port, on the JDK's own server. A page is a service of type {@link com.sun.net.httpserver.HttpHandler} with the
 * String property {@code org.papertrader.http.path}.
 */
@NullMarked
package org.papertrader.http.internal;

import org.jspecify.annotations.NullMarked;
