package org.papertrader.features.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
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
    private static final String FOLDER = "OSGI-INF/metatype/";

    private final Supplier<Bundle[]> bundles;
    /** By bundle and the time of its last update, so that an updated bundle is read anew. */
    private final Map<String, List<Description>> read = new ConcurrentHashMap<>();

    BundleMetatype(Supplier<Bundle[]> bundles) {
        this.bundles = bundles;
    }

    /** One file, parsed when it is first needed: to parse all of them is a noticeable part of a start. */
    private static final class Description {
        private final String text;
        private @Nullable Map<String, Map<String, Attribute>> parsed;

        Description(String text) {
            this.text = text;
        }

        boolean mentions(String pid) {
            return text.contains(pid);
        }

        synchronized Map<String, Map<String, Attribute>> byPid() {
            Map<String, Map<String, Attribute>> known = parsed;
            if (known == null) {
                known = new HashMap<>();
                try {
                    read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), known);
                } catch (IOException | SAXException | ParserConfigurationException notDescribed) {
                    // A bundle without a readable description is one without a description.
                    known.clear();
                }
                parsed = known;
            }
            return known;
        }
    }

    @Override
    public Map<String, Attribute> of(String pid) {
        int tilde = pid.indexOf('~');
        String name = tilde < 0 ? pid : pid.substring(0, tilde);
        Map<String, Attribute> attributes = new TreeMap<>();
        for (Description description : descriptions()) {
            if (description.mentions(name)) {
                attributes.putAll(description.byPid().getOrDefault(name, Map.of()));
            }
        }
        return attributes;
    }

    @Override
    public Set<String> pids() {
        Set<String> pids = new TreeSet<>();
        for (Description description : descriptions()) {
            pids.addAll(description.byPid().keySet());
        }
        return pids;
    }

    private List<Description> descriptions() {
        List<Description> all = new ArrayList<>();
        for (Bundle bundle : bundles.get()) {
            String key = bundle.getBundleId() + "/" + bundle.getLastModified();
            all.addAll(read.computeIfAbsent(key, unread -> descriptions(bundle)));
        }
        return all;
    }

    /** Whether a bundle describes any configuration. */
    static boolean isIn(Bundle bundle) {
        return bundle.getEntry(FOLDER) != null;
    }

    private static List<Description> descriptions(Bundle bundle) {
        // Most bundles have none, and a search goes through all that they have.
        Enumeration<URL> files = isIn(bundle) ? bundle.findEntries(FOLDER, "*.xml", false) : null;
        List<Description> descriptions = new ArrayList<>();
        if (files != null) {
            for (URL file : Collections.list(files)) {
                try (InputStream content = file.openStream()) {
                    descriptions.add(new Description(new String(content.readAllBytes(), StandardCharsets.UTF_8)));
                } catch (IOException notDescribed) {
                    // As above.
                }
            }
        }
        return descriptions;
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
                            number(element.getAttribute("max")),
                            options(element),
                            element.getAttribute("description")));
        }
        return attributes;
    }

    private static List<String> options(Element attribute) {
        List<String> options = new ArrayList<>();
        elements(attribute.getElementsByTagName("Option")).forEach(option -> options.add(option.getAttribute("value")));
        return options;
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
