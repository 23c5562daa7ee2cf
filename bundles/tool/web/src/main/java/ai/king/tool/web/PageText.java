/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.dankito.readability4j.Readability4J;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** What a person would read of a page: text a browser hides is left out, and so are signs that only machines see. */
final class PageText {

    private static final Pattern CHARSET = Pattern.compile("charset=\"?([^;\\s\"]+)");
    private static final int MOST_LINKS = 50;
    /** Where readability finds less than this, the page is no article and is given whole. */
    private static final int SHORTEST_ARTICLE = 200;
    /** Control, zero-width, bidirectional and tag characters; line ends and tabs stay. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}&&[^\\n\\t]]");

    private static final String HIDDEN =
            "script,style,noscript,template,iframe,object,[hidden],[aria-hidden=true],[style~=(?i)display\\s*:\\s*none],"
                    + "[style~=(?i)visibility\\s*:\\s*hidden],[style~=(?i)font-size\\s*:\\s*0],[style~=(?i)opacity\\s*:\\s*0(\\.0*)?\\s*(;|$)]";

    private PageText() {}

    static Map<String, Object> of(Fetcher.Fetched page, int characters) throws IOException {
        String bare = page.type().split(";", 2)[0].strip();
        if (bare.equals("text/html") || bare.equals("application/xhtml+xml")) {
            return html(page, characters);
        }
        if (bare.startsWith("text/") || bare.equals("application/json")) {
            String text = seen(new String(page.body(), charset(page.type()).orElse(StandardCharsets.UTF_8)));
            return form(page, "", "", text, List.of(), characters);
        }
        throw Refused.forGood("the page is " + bare + ", which this tool does not read");
    }

    private static Map<String, Object> html(Fetcher.Fetched page, int characters) throws IOException {
        Document document = Jsoup.parse(
                new ByteArrayInputStream(page.body()),
                charset(page.type()).map(Charset::name).orElse(null),
                page.url().toString());
        document.select(HIDDEN).remove();
        String title = document.title();
        List<Map<String, Object>> links = links(document);
        String whole = document.body().wholeText();
        var article = new Readability4J(page.url().toString(), document).parse();
        String main = article.getArticleContent() == null ? "" : paragraphs(article.getArticleContent());
        String text = main.length() < SHORTEST_ARTICLE ? whole : main;
        return form(page, title, orEmpty(article.getByline()), seen(text), links, characters);
    }

    private static String paragraphs(Element content) {
        content.select("p,h1,h2,h3,h4,h5,h6,li,tr,blockquote,pre,br").after("\n\n");
        return content.wholeText();
    }

    private static Map<String, Object> form(
            Fetcher.Fetched page,
            String title,
            String author,
            String text,
            List<Map<String, Object>> links,
            int characters) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("url", page.url().toString());
        form.put("title", seen(title));
        if (!author.isBlank()) {
            form.put("author", seen(author));
        }
        form.put("text", text.length() <= characters ? text : text.substring(0, characters));
        form.put("length", text.length());
        form.put("links", links);
        return form;
    }

    private static List<Map<String, Object>> links(Document document) {
        return document.select("a[href]").stream()
                .filter(link -> link.absUrl("href").startsWith("http") && link.hasText())
                .limit(MOST_LINKS)
                .map(link -> Map.<String, Object>of("text", seen(link.text()), "url", link.absUrl("href")))
                .toList();
    }

    /** The text without what only machines see, blank lines and runs of spaces folded. */
    static String seen(String text) {
        return UNSEEN.matcher(text.replaceAll("\\R", "\n"))
                .replaceAll("")
                .replaceAll("[ \\t\\xA0]+", " ")
                .replaceAll(" ?\\n ?", "\n")
                .replaceAll("\\n{3,}", "\n\n")
                .strip();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Optional<Charset> charset(String type) {
        Matcher matcher = CHARSET.matcher(type);
        if (!matcher.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(matcher.group(1)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }
}
