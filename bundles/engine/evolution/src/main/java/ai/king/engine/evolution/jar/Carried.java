/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.jar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a jar carries beside the plug itself, as far as it says so.
 *
 * @param libraries those that brought their Maven descriptor, without the plug's own
 * @param unsaid packages of classes that are neither the plug's own nor likely of one of these libraries
 * @param texts the licence texts within, by path
 */
public record Carried(List<Library> libraries, SortedSet<String> unsaid, SortedMap<String, String> texts) {

    /** What to do about libraries that cannot be told. */
    public static final String KEEP =
            "keep the libraries' META-INF/maven descriptors when you embed them, in bnd.bnd with"
                    + " -includeresource: @name-[0-9.]*.jar!/META-INF/maven/**";

    private static final Pattern DESCRIPTOR = Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/pom\\.properties");
    private static final Pattern LICENCE = Pattern.compile("(?i)(META-INF/)?(licen[sc]es?|copying)([-._][^/]*)?(/.+)?");
    private static final int LARGEST = 256 * 1024;
    private static final int MOST = 200;

    public static Carried read(Path file, PlugJar jar) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<Library> libraries = new ArrayList<>();
            SortedMap<String, String> texts = new TreeMap<>();
            SortedSet<String> packages = new TreeSet<>();
            for (ZipEntry entry : List.copyOf(zip.stream().toList())) {
                String path = entry.getName();
                if (DESCRIPTOR.matcher(path).matches() && libraries.size() < MOST) {
                    libraries.add(library(zip, entry));
                } else if (path.endsWith(".class") && path.contains("/")) {
                    packages.add(packageOf(path));
                } else if (!entry.isDirectory() && LICENCE.matcher(path).matches() && texts.size() < MOST) {
                    texts.put(path, text(zip, entry));
                }
            }
            libraries.removeIf(library -> own(library, jar));
            libraries.sort(Comparator.comparing(Library::toString));
            Set<String> roots = roots(jar);
            packages.removeIf(name -> name.isEmpty()
                    || roots.stream().anyMatch(root -> name.equals(root) || name.startsWith(root + "."))
                    || libraries.stream().anyMatch(library -> library.holds(name)));
            return new Carried(List.copyOf(libraries), packages, texts);
        }
    }

    /** Whether nothing of others is in it. */
    public boolean nothing() {
        return libraries.isEmpty() && unsaid.isEmpty();
    }

    /** The first of the packages nobody accounts for. */
    public String unsaidShown() {
        String shown = unsaid.stream().limit(5).collect(Collectors.joining(", "));
        return unsaid.size() > 5 ? shown + " and " + (unsaid.size() - 5) + " more" : shown;
    }

    private static String packageOf(String path) {
        String name = path.startsWith("META-INF/versions/") ? path.replaceFirst("META-INF/versions/\\d+/", "") : path;
        return name.contains("/") ? name.substring(0, name.lastIndexOf('/')).replace('/', '.') : "";
    }

    /** The plug's own packages; ours also carry our own small libraries. */
    static Set<String> roots(PlugJar jar) {
        Set<String> roots = jar.components().stream()
                .map(Component::name)
                .filter(name -> name.contains("."))
                .map(name -> name.substring(0, name.lastIndexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
        roots.add(jar.symbolicName());
        if (jar.symbolicName().startsWith("ai.king.")) {
            roots.add("ai.king.lib");
        }
        return roots;
    }

    private static boolean own(Library library, PlugJar jar) {
        return library.artifact().equals(jar.symbolicName())
                || (library.group() + "." + library.artifact()).equals(jar.symbolicName());
    }

    private static Library library(ZipFile zip, ZipEntry entry) throws IOException {
        Properties said = new Properties();
        try (InputStream in = zip.getInputStream(entry)) {
            said.load(in);
        } catch (IllegalArgumentException e) {
            throw new IOException(entry.getName() + " cannot be read: " + e.getMessage(), e);
        }
        String[] path = entry.getName().split("/");
        ZipEntry pom = zip.getEntry(entry.getName().replace("pom.properties", "pom.xml"));
        return new Library(
                said.getProperty("groupId", path[2]).strip(),
                said.getProperty("artifactId", path[3]).strip(),
                said.getProperty("version", "").strip(),
                pom == null ? List.of() : licences(zip, pom));
    }

    /** The licences that a pom itself names, not those of its parents. */
    private static List<String> licences(ZipFile zip, ZipEntry pom) throws IOException {
        List<String> licences = new ArrayList<>();
        try (InputStream in = zip.getInputStream(pom)) {
            XMLStreamReader xml = Xml.reader(in.readNBytes(LARGEST));
            StringBuilder path = new StringBuilder();
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    path.append('/').append(xml.getLocalName());
                    String at = path.toString();
                    if (at.equals("/project/licenses/license/name") || at.equals("/project/licenses/license/url")) {
                        String text = xml.getElementText().strip();
                        path.setLength(path.lastIndexOf("/"));
                        named(licences, at.endsWith("url"), text);
                    } else if (at.equals("/project/licenses/license")) {
                        licences.add("");
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    path.setLength(path.lastIndexOf("/"));
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException(pom.getName() + " cannot be read: " + e.getMessage(), e);
        }
        licences.removeIf(String::isEmpty);
        return List.copyOf(licences);
    }

    /** Name and address of one licence in one line, the name first. */
    private static void named(List<String> licences, boolean address, String text) {
        int last = licences.size() - 1;
        String other = licences.get(last);
        licences.set(last, other.isEmpty() ? text : address ? other + " " + text : text + " " + other);
    }

    private static String text(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        }
    }
}
