package org.papertrader.shell.internal;

import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Finds the bundles that Felix's own commands are asked about ({@code headers}, {@code inspect}, {@code refresh}…). Felix has
 * this in the bundle of its terminal, which a program that is only reached over SSH does not have.
 */
@Component
public final class BundleConverter implements Converter {
    private final BundleContext context;

    /** Its own bundle's. */
    @Activate
    public BundleConverter(BundleContext context) {
        this.context = context;
    }

    @Override
    public @Nullable Object convert(Class<?> desired, Object word) {
        boolean asked = desired == Bundle.class && (word instanceof CharSequence || word instanceof Number);
        return asked ? BundleWords.named(context, word.toString()).orElse(null) : null;
    }

    @Override
    public @Nullable CharSequence format(Object target, int level, Converter escape) {
        return null;
    }
}
