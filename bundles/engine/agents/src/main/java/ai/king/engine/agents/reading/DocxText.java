/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents.reading;

import ai.king.business.Reading;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The text of a Word document: body, footnotes and endnotes. A zip of XML, read as a stream without document types and
 * entities; runs that Word does not show and text that was deleted are left out.
 */
final class DocxText {

    private static final String W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static final String STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    private static final int DEEPEST = 256;

    private DocxText() {}

    static Reading of(byte[] bytes, Bounds bounds) throws IOException {
        Map<String, String> parts = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            Counted counted = new Counted(zip, bounds);
            int entries = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++entries > bounds.entries()) {
                    throw new Unread("its archive has more than " + bounds.entries() + " entries");
                }
                if (entry.getName().matches("word/(document|footnotes|endnotes)\\.xml")) {
                    parts.putIfAbsent(entry.getName(), text(counted, bounds));
                }
                counted.transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
        if (!parts.containsKey("word/document.xml")) {
            throw new Unread("it is no Word document: word/document.xml is missing");
        }
        String text = parts.get("word/document.xml") + "\n\n" + parts.getOrDefault("word/footnotes.xml", "") + "\n\n"
                + parts.getOrDefault("word/endnotes.xml", "");
        bounds.text(text.length());
        return new Reading.Text(Visible.of(text), 1);
    }

    /** Stops an archive that unpacks to more than it may, and does not close it. */
    private static final class Counted extends FilterInputStream {
        private final Bounds bounds;
        private long read;

        Counted(InputStream in, Bounds bounds) {
            super(in);
            this.bounds = bounds;
        }

        @Override
        public int read() throws IOException {
            return count(super.read(), 1);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int got = super.read(into, offset, length);
            return count(got, Math.max(got, 0));
        }

        private int count(int result, int bytes) throws IOException {
            bounds.going();
            read += result < 0 ? 0 : bytes;
            if (read > bounds.unpacked()) {
                throw new Unread("it unpacks to more than " + (bounds.unpacked() >> 20) + " MiB");
            }
            return result;
        }

        @Override
        public void close() {}
    }

    private static String text(InputStream xml, Bounds bounds) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(xml);
            try {
                return walk(reader, bounds);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException broken) {
                throw broken;
            }
            throw new Unread("its XML is damaged or uses what is not read");
        }
    }

    private static String walk(XMLStreamReader reader, Bounds bounds) throws XMLStreamException, IOException {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        boolean shown = true;
        boolean inText = false;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > DEEPEST) {
                        throw new Unread("its XML is deeper than " + DEEPEST);
                    }
                    String name = word(reader);
                    shown = name.equals("r") || shown && !(name.equals("vanish") && on(reader));
                    inText = name.equals("t");
                    text.append(
                            switch (name) {
                                case "tab" -> "\t";
                                case "br", "cr" -> "\n";
                                default -> "";
                            });
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    inText = false;
                    text.append(
                            switch (word(reader)) {
                                case "p" -> "\n\n";
                                case "tc" -> "\t";
                                default -> "";
                            });
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (inText && shown) {
                        text.append(reader.getText());
                        bounds.text(text.length());
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw new Unread(
                        "its XML has a document type, which is not read");
                default -> bounds.going();
            }
        }
        return text.toString();
    }

    private static boolean on(XMLStreamReader reader) {
        String value = reader.getAttributeValue(reader.getNamespaceURI(), "val");
        return value == null || !(value.equals("0") || value.equals("false") || value.equals("off"));
    }

    private static String word(XMLStreamReader reader) {
        String namespace = String.valueOf(reader.getNamespaceURI());
        return namespace.equals(W) || namespace.equals(STRICT) ? reader.getLocalName() : "";
    }
}
