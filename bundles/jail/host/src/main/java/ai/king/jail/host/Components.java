/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.osgi.framework.Bundle;
import org.xml.sax.SAXException;

/** What the component descriptions of a bundle say. */
final class Components {

    private Components() {}

    /** The configuration PIDs that the bundle's components ask for. */
    static Set<String> pids(Bundle bundle) throws Unfit {
        Set<String> pids = new TreeSet<>();
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            for (URL url : descriptions(bundle)) {
                try (InputStream in = url.openStream()) {
                    String declared = factory.newDocumentBuilder()
                            .parse(in)
                            .getDocumentElement()
                            .getAttribute("configuration-pid");
                    pids.addAll(List.of(declared.trim().split("\\s+")));
                }
            }
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new Unfit("a component description cannot be read", e);
        }
        pids.remove("");
        return pids;
    }

    private static List<URL> descriptions(Bundle bundle) {
        var found = bundle.findEntries("OSGI-INF", "*.xml", false);
        return found == null ? List.of() : Collections.list(found);
    }
}
