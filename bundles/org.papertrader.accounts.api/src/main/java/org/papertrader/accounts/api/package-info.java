/** The contract of registering and logging in. */
@Export
@Version("1.0.0")
package org.papertrader.accounts.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
