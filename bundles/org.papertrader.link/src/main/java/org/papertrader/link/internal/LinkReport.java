package org.papertrader.link.internal;

import java.util.List;
import org.papertrader.shell.text.Facts;

/** What an end of links tells the shell. */
public interface LinkReport {
    /** A row for each link that it has, or one that says that there is none. */
    List<Facts> links();
}
