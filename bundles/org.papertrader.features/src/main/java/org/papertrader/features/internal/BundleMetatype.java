package org.papertrader.features.internal;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Reads the metatype of installed bundles, when it is first asked for: most starts have no operator's value and need
 * none of it. The Meta Type Service is not used because it comes with a feature, after this.
 */
final class BundleMetatype implements Metatype {
    private final Supplier<Bundle[]> bundles;
    /** By bundle and the time of its last update, so that an updated bundle is read anew. */
    private final Map<String, Map<String, Map<String, Attribute>>> read = new ConcurrentHashMap<>();

    BundleMetatype(Supplier<Bundle[]> bundles) {
        this.bundles = bundles;
    }

    @Override
    public Map<String, Attribute> of(String pid) {
        int tilde = pid.indexOf('~');
        String name = tilde < 0 ? pid : pid.substring(0, tilde);
        Map<String, Attribute> attributes = new TreeMap<>();
        for (Bundle bundle : bundles.get()) {
            attributes.putAll(described(bundle).getOrDefault(name, Map.of()));
        }
        return attributes;
    }

    @Override
    public Set<String> pids() {
        Set<String> pids = new TreeSet<>();
        for (Bundle bundle : bundles.get()) {
            pids.addAll(described(bundle).keySet());
        }
        return pids;
    }

    private Map<String, Map<String, Attribute>> described(Bundle bundle) {
        String key = bundle.getBundleId() + "/" + bundle.getLastModified();
        return read.computeIfAbsent(key, unread -> read(bundle));
    }

    private static Map<String, Map<String, Attribute>> read(Bundle bundle) {
        Map<String, Map<String, Attribute>> byPid = new HashMap<>();
        Enumeration<URL> files = bundle.findEntries("OSGI-INF/metatype", "*.xml", false);
        if (files != null) {
            for (URL file : Collections.list(files)) {
                try (InputStream content = file.openStream()) {
                    read(content, byPid);
                } catch (IOException | SAXException | ParserConfigurationException notDescribed) {
                    // A bundle without a readable description is one without a description.
                }
            }
        }
        return byPid;
    }

    /** Adds what one metatype file says. */
    static void read(InputStream content, Map<String, Map<String, Attribute>> byPid)
            throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        Document document = factory.newDocumentBuilder().parse(content);
        Map<String, Map<String, Attribute>> byClass = new HashMap<>();
        for (Element type : elements(document.getElementsByTagName("OCD"))) {
            byClass.put(type.getAttribute("id"), attributes(type));
        }
        for (Element designate : elements(document.getElementsByTagName("Designate"))) {
            String factoryPid = designate.getAttribute("factoryPid");
            String pid = factoryPid.isEmpty() ? designate.getAttribute("pid") : factoryPid;
            for (Element object : elements(designate.getElementsByTagName("Object"))) {
                byPid.computeIfAbsent(pid, unknown -> new TreeMap<>())
                        .putAll(byClass.getOrDefault(object.getAttribute("ocdref"), Map.of()));
            }
        }
    }

    private static Map<String, Attribute> attributes(Element type) {
        Map<String, Attribute> attributes = new TreeMap<>();
        for (Element element : elements(type.getElementsByTagName("AD"))) {
            String cardinality = element.getAttribute("cardinality");
            String key = element.getAttribute("id");
            attributes.put(
                    key,
                    new Attribute(
                            key,
                            element.getAttribute("type"),
                            !cardinality.isEmpty() && !cardinality.equals("0"),
                            element.getAttribute("default"),
                            number(element.getAttribute("min")),
                            number(element.getAttribute("max"))));
        }
        return attributes;
    }

    private static @Nullable BigDecimal number(String text) {
        try {
            return text.isEmpty() ? null : new BigDecimal(text);
        } catch (NumberFormatException noBound) {
            return null;
        }
    }

    private static Iterable<Element> elements(NodeList nodes) {
        return () -> IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .map(Element.class::cast)
                .iterator();
    }
}
