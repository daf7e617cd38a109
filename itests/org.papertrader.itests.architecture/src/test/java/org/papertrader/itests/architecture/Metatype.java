package org.papertrader.itests.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the XML of a bundle says of its configuration and its components. */
final class Metatype {
    private Metatype() {}

    /**
     * A key of a configuration.
     *
     * @param type {@code String}, {@code Integer} and the like, with {@code []} for lists
     * @param value the default in its text form; empty when there is none
     */
    record Key(String pid, String name, String type, String value) {}

    /**
     * What may be written for a number.
     *
     * @param min the smallest; empty where none is told
     * @param max likewise
     */
    record Range(String name, String min, String max, String description) {}

    /** Of all keys that are numbers. */
    static List<Range> ranges(Path jar) {
        return documents(jar, "OSGI-INF/metatype/").stream()
                .flatMap(document -> elements(document, "AD").stream())
                .filter(key -> List.of("Integer", "Long").contains(key.getAttribute("type")))
                .map(key -> new Range(
                        key.getAttribute("id"),
                        key.getAttribute("min"),
                        key.getAttribute("max"),
                        key.getAttribute("description")))
                .toList();
    }

    static List<Key> keys(Path jar) {
        List<Key> keys = new ArrayList<>();
        for (Element document : documents(jar, "OSGI-INF/metatype/")) {
            Map<String, String> pids = new HashMap<>();
            for (Element designate : elements(document, "Designate")) {
                String pid = designate.getAttribute("pid") + designate.getAttribute("factoryPid");
                elements(designate, "Object").forEach(object -> pids.put(object.getAttribute("ocdref"), pid));
            }
            for (Element description : elements(document, "OCD")) {
                String pid = pids.getOrDefault(description.getAttribute("id"), "nobody");
                for (Element key : elements(description, "AD")) {
                    String list = key.getAttribute("cardinality").isEmpty() ? "" : "[]";
                    keys.add(new Key(
                            pid, key.getAttribute("id"), key.getAttribute("type") + list, key.getAttribute("default")));
                }
            }
        }
        return keys;
    }

    /** PIDs that the components of a jar listen to; their names where they say nothing. */
    static Set<String> componentPids(Path jar) {
        Set<String> pids = new TreeSet<>();
        for (Element component : documents(jar, "OSGI-INF/")) {
            if (component.getNodeName().endsWith("component")) {
                String pid = component.getAttribute("configuration-pid");
                pids.addAll(List.of((pid.isEmpty() ? component.getAttribute("name") : pid).split(" ")));
            }
        }
        return pids;
    }

    /** Properties of each component of a jar. */
    static List<Map<String, List<String>>> componentProperties(Path jar) {
        List<Map<String, List<String>>> components = new ArrayList<>();
        for (Element component : documents(jar, "OSGI-INF/")) {
            Map<String, List<String>> properties = new HashMap<>();
            for (Element property : elements(component, "property")) {
                String value =
                        property.hasAttribute("value") ? property.getAttribute("value") : property.getTextContent();
                properties.put(
                        property.getAttribute("name"),
                        value.lines()
                                .map(String::strip)
                                .filter(line -> !line.isEmpty())
                                .toList());
            }
            components.add(properties);
        }
        return components;
    }

    private static List<Element> documents(Path jar, String folder) {
        List<Element> documents = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                String name = entry.getName();
                if (name.startsWith(folder) && name.indexOf('/', folder.length()) < 0 && name.endsWith(".xml")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        documents.add(DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(in)
                                .getDocumentElement());
                    }
                }
            }
        } catch (IOException | ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(jar.toString(), e);
        }
        return documents;
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
