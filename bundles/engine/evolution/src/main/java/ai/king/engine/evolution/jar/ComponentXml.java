/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.jar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the description of a declarative service. */
final class ComponentXml {

    private String name = "";
    private String pid = "";
    private boolean required;
    private final List<String> provides = new ArrayList<>();
    private boolean immediate;
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final List<String> references = new ArrayList<>();

    private ComponentXml() {}

    static List<Component> read(byte[] text) throws XMLStreamException {
        List<Component> components = new ArrayList<>();
        XMLStreamReader xml = Xml.reader(text);
        ComponentXml current = new ComponentXml();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (xml.getLocalName().equals("component")) {
                    current = new ComponentXml();
                }
                current.start(xml);
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("component")) {
                components.add(current.component());
            }
        }
        return components;
    }

    private void start(XMLStreamReader xml) throws XMLStreamException {
        switch (xml.getLocalName()) {
            case "component" -> {
                name = Xml.attribute(xml, "name", "");
                pid = Xml.attribute(xml, "configuration-pid", name);
                immediate = Xml.attribute(xml, "immediate", "false").equals("true");
                required =
                        Xml.attribute(xml, "configuration-policy", "optional").equals("require");
            }
            case "provide" -> provides.add(Xml.attribute(xml, "interface", ""));
            case "reference" -> references.add(Xml.attribute(xml, "interface", ""));
            case "property" -> property(xml);
            default -> {
                // implementation, service, properties: nothing a release needs
            }
        }
    }

    private void property(XMLStreamReader xml) throws XMLStreamException {
        String key = Xml.attribute(xml, "name", "");
        String type = Xml.attribute(xml, "type", "String");
        String value = xml.getAttributeValue(null, "value");
        if (value != null) {
            properties.put(key, typed(type, value));
            return;
        }
        properties.put(
                key,
                Arrays.stream(xml.getElementText().split("\n"))
                        .map(String::trim)
                        .filter(line -> !line.isEmpty())
                        .map(line -> typed(type, line))
                        .toList());
    }

    private static Object typed(String type, String value) {
        return switch (type) {
            case "Integer", "Short", "Byte" -> Integer.valueOf(value.trim());
            case "Long" -> Long.valueOf(value.trim());
            case "Double", "Float" -> Double.valueOf(value.trim());
            case "Boolean" -> Boolean.valueOf(value.trim());
            default -> value;
        };
    }

    private Component component() {
        return new Component(
                name, pid, required, immediate, List.copyOf(provides), Map.copyOf(properties), List.copyOf(references));
    }
}
