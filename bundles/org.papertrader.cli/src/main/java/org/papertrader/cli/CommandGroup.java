package org.papertrader.cli;

/** A command that has others below it, which share its workspace. */
interface CommandGroup {
    Workspace workspace();
}
