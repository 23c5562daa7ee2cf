/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.osgi.framework.Bundle;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the component descriptions of a bundle say. */
final class Components {

    private Components() {}

    /** The configuration PIDs that the bundle's components ask for. */
    static Set<String> pids(Bundle bundle) throws Unfit {
        Set<String> pids = new TreeSet<>();
        for (Element component : read(bundle)) {
            pids.addAll(
                    List.of(component.getAttribute("configuration-pid").trim().split("\\s+")));
        }
        pids.remove("");
        return pids;
    }

    /** The interfaces that the bundle's components offer. */
    static Set<String> services(Bundle bundle) throws Unfit {
        Set<String> services = new TreeSet<>();
        for (Element component : read(bundle)) {
            NodeList provided = component.getElementsByTagName("provide");
            for (int i = 0; i < provided.getLength(); i++) {
                services.add(((Element) provided.item(i)).getAttribute("interface"));
            }
        }
        return services;
    }

    private static List<Element> read(Bundle bundle) throws Unfit {
        List<Element> components = new ArrayList<>();
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            for (URL url : descriptions(bundle)) {
                try (InputStream in = url.openStream()) {
                    components.add(factory.newDocumentBuilder().parse(in).getDocumentElement());
                }
            }
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new Unfit("a component description cannot be read", e);
        }
        return components;
    }

    private static List<URL> descriptions(Bundle bundle) {
        var found = bundle.findEntries("OSGI-INF", "*.xml", false);
        return found == null ? List.of() : Collections.list(found);
    }
}
