/** The conformance kit: extend {@link org.papertrader.assets.testkit.AssetSourceContract} in an adapter's tests. */
package org.papertrader.assets.testkit;
