/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.jar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads a metatype document: which options each PID has. */
final class MetatypeXml {

    private final Map<String, List<Option>> classes = new HashMap<>();
    private final Map<String, String> designates = new HashMap<>();
    private List<Option> options = new ArrayList<>();
    private @Nullable Option open;
    private List<String> choices = new ArrayList<>();
    private String pid = "";

    private MetatypeXml() {}

    static Map<String, List<Option>> read(byte[] text) throws XMLStreamException {
        MetatypeXml document = new MetatypeXml();
        XMLStreamReader xml = Xml.reader(text);
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                document.start(xml);
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("AD")) {
                document.endOption();
            }
        }
        Map<String, List<Option>> byPid = new HashMap<>();
        document.designates.forEach(
                (pid, ocd) -> byPid.put(pid, List.copyOf(document.classes.getOrDefault(ocd, List.of()))));
        return byPid;
    }

    private void start(XMLStreamReader xml) {
        switch (xml.getLocalName()) {
            case "OCD" -> {
                options = new ArrayList<>();
                classes.put(Xml.attribute(xml, "id", ""), options);
            }
            case "AD" -> {
                choices = new ArrayList<>();
                open = new Option(
                        Xml.attribute(xml, "id", ""),
                        Xml.attribute(xml, "type", "String"),
                        !Xml.attribute(xml, "cardinality", "0").equals("0"),
                        Xml.attribute(xml, "required", "true").equals("true"),
                        xml.getAttributeValue(null, "default"),
                        List.of(),
                        xml.getAttributeValue(null, "min"),
                        xml.getAttributeValue(null, "max"));
            }
            case "Option" -> choices.add(Xml.attribute(xml, "value", ""));
            case "Designate" -> pid = Xml.attribute(xml, "factoryPid", Xml.attribute(xml, "pid", ""));
            case "Object" -> designates.put(pid, Xml.attribute(xml, "ocdref", ""));
            default -> {
                // icons and the like
            }
        }
    }

    private void endOption() {
        Option option = open;
        if (option != null) {
            options.add(new Option(
                    option.id(),
                    option.type(),
                    option.many(),
                    option.required(),
                    option.preset(),
                    List.copyOf(choices),
                    option.min(),
                    option.max()));
        }
        open = null;
    }
}
