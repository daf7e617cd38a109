/** How programs without OSGi, the client library above all, get at the codec. Not exported to other bundles. */
package org.papertrader.protocol;
