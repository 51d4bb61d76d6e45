package org.loupe.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the extension point schemas and the plugin.xml files say, held against the sources. */
final class Extensions {

    private static final Pattern TEMPLATE = Pattern.compile("\\[Enter [^\\]]*\\]|\\(Enter [^)]*\\)|TODO");
    private static final Pattern OWN_TYPE = Pattern.compile("\\borg\\.loupe(?:\\.[a-z_][a-z0-9_]*)+\\.[A-Z][\\w$]*");
    private static final Pattern FILE_ATTRIBUTE = Pattern.compile("(?:icon|schema)=\"([^\"]+)\"");

    private final List<Sources> bundles;
    private final List<String> problems = new ArrayList<>();

    private Extensions(List<Sources> bundles) {
        this.bundles = bundles;
    }

    /** One sentence for each thing that a schema or a plugin.xml says and that is not so. */
    static List<String> problems(List<Sources> bundles) throws IOException {
        Extensions extensions = new Extensions(bundles);
        for (Sources bundle : bundles) {
            for (Path schema : schemas(bundle)) {
                extensions.readSchema(bundle, schema);
            }
            extensions.readPlugin(bundle);
        }
        return extensions.problems;
    }

    /** The schemas of a bundle's extension points. */
    static List<Path> schemas(Sources bundle) throws IOException {
        Path folder = bundle.folder().resolve("schema");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".exsd")).sorted().toList();
        }
    }

    private void readSchema(Sources bundle, Path schema) throws IOException {
        String where = bundle.bundle() + '/' + schema.getFileName();
        String text = Files.readString(schema);
        Matcher template = TEMPLATE.matcher(text);
        if (template.find()) {
            problems.add(where + " still has the template's text: " + template.group());
        }
        checkTypes(where, text);
        Document document = parse(schema);
        String point = checkPoint(where, bundle, schema, document);
        checkDocumented(where, document, "attribute");
        checkDocumented(where, document, "element");
        String example = section(document, "examples");
        if (!example.contains("point=\"" + point + '"')) {
            problems.add(where + " has no example of " + point);
        }
    }

    private String checkPoint(String where, Sources bundle, Path schema, Document document) throws IOException {
        Element meta = (Element) document.getElementsByTagName("meta.schema").item(0);
        String id = meta.getAttribute("id");
        if (!meta.getAttribute("plugin").equals(bundle.bundle())) {
            problems.add(where + " says that it belongs to " + meta.getAttribute("plugin"));
        }
        Path plugin = bundle.folder().resolve("plugin.xml");
        String declaration = "schema=\"schema/" + schema.getFileName() + '"';
        if (!Files.exists(plugin) || !Files.readString(plugin).contains(declaration)) {
            problems.add(where + " is the schema of no extension point of " + bundle.bundle());
        }
        return bundle.bundle() + '.' + id;
    }

    /** Every attribute, and every element but those of the schema language, tells what it is for. */
    private void checkDocumented(String where, Document document, String kind) {
        NodeList nodes = document.getElementsByTagName(kind);
        for (int i = 0; i < nodes.getLength(); i++) {
            Element element = (Element) nodes.item(i);
            String name = element.getAttribute("name");
            if (!name.isEmpty() && !name.equals("extension") && !inExtension(element) && documentation(element).isEmpty()) {
                problems.add(where + " does not say what the " + kind + ' ' + name + " is for");
            }
        }
    }

    /** The attributes of "extension" (point, id, name) mean the same in every schema. */
    private static boolean inExtension(Element element) {
        for (var parent = element.getParentNode(); parent instanceof Element outer; parent = outer.getParentNode()) {
            if (outer.getTagName().equals("element") && outer.getAttribute("name").equals("extension")) {
                return true;
            }
        }
        return false;
    }

    private static String documentation(Element element) {
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element annotation && annotation.getTagName().equals("annotation")) {
                return annotation.getElementsByTagName("documentation").item(0) instanceof Element text
                        ? text.getTextContent().strip() : "";
            }
        }
        return "";
    }

    private static String section(Document document, String type) {
        NodeList sections = document.getElementsByTagName("meta.section");
        for (int i = 0; i < sections.getLength(); i++) {
            Element section = (Element) sections.item(i);
            if (section.getAttribute("type").equals(type)) {
                Element annotation = (Element) section.getParentNode().getParentNode();
                return annotation.getElementsByTagName("documentation").item(0).getTextContent();
            }
        }
        return "";
    }

    private void readPlugin(Sources bundle) throws IOException {
        Path plugin = bundle.folder().resolve("plugin.xml");
        if (!Files.exists(plugin)) {
            return;
        }
        String where = bundle.bundle() + "/plugin.xml";
        String text = Files.readString(plugin);
        checkTypes(where, text);
        FILE_ATTRIBUTE.matcher(text).results().map((MatchResult match) -> match.group(1))
                .filter(file -> !file.startsWith("platform:") && !Files.exists(bundle.folder().resolve(file)))
                .forEach(file -> problems.add(where + " names the file " + file + ", which does not exist"));
    }

    private void checkTypes(String where, String text) {
        OWN_TYPE.matcher(text).results().map(MatchResult::group).distinct()
                .filter(type -> bundles.stream().noneMatch(bundle -> bundle.declares(type)))
                .forEach(type -> problems.add(where + " names " + type + ", which does not exist"));
    }

    private static Document parse(Path schema) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(schema.toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(schema + " is no XML", e);
        }
    }
}
