package org.papertrader.itests.bundles;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/** A bundle in the making. */
public final class TestBundle {
    private final Manifest manifest = new Manifest();
    private final Map<String, byte[]> content = new LinkedHashMap<>();

    private TestBundle() {}

    /** A bundle with nothing in it yet. */
    public static TestBundle of(String symbolicName, String version) {
        TestBundle bundle = new TestBundle();
        bundle.manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        return bundle.header(Constants.BUNDLE_MANIFESTVERSION, "2")
                .header(Constants.BUNDLE_SYMBOLICNAME, symbolicName)
                .header(Constants.BUNDLE_VERSION, version);
    }

    /** With this in its manifest. */
    public TestBundle header(String name, String value) {
        manifest.getMainAttributes().putValue(name, value);
        return this;
    }

    /** Starts and stops with a class. */
    public TestBundle activator(Class<?> type, String imports) throws IOException {
        return type(type).header(Constants.BUNDLE_ACTIVATOR, type.getName()).header(Constants.IMPORT_PACKAGE, imports);
    }

    /** A component that refers to a service, if one is named. */
    public TestBundle component(Class<?> type, String activate, String reference) throws IOException {
        String text = "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"" + type.getSimpleName()
                + "\" immediate=\"true\"" + " activate=\"" + activate + "\"" + ">"
                + "<implementation class=\"" + type.getName() + "\"/>"
                + (reference.isEmpty() ? "" : "<reference name=\"it\" interface=\"" + reference + "\"/>")
                + "</scr:component>";
        content.put("OSGI-INF/component.xml", text.getBytes(StandardCharsets.UTF_8));
        return type(type).header("Service-Component", "OSGI-INF/component.xml");
    }

    /** Its jar. */
    public byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> entry : content.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** With this class in it. */
    public TestBundle type(Class<?> type) throws IOException {
        String path = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream("/" + path)) {
            content.put(path, in.readAllBytes());
        }
        return this;
    }
}
