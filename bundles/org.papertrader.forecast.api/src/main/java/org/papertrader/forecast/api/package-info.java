/** The contract of predicted values. */
@Export
@Version("1.0.0")
package org.papertrader.forecast.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
