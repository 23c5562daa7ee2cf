/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents.reading;

import ai.king.business.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** The text of an HTML document, without what a browser does not show. */
final class HtmlText {

    private static final String HIDDEN =
            "script,style,noscript,template,iframe,object,[hidden],[aria-hidden=true],[style~=(?i)display\\s*:\\s*none],"
                    + "[style~=(?i)visibility\\s*:\\s*hidden],[style~=(?i)font-size\\s*:\\s*0],"
                    + "[style~=(?i)opacity\\s*:\\s*0(\\.0*)?\\s*(;|$)]";

    private HtmlText() {}

    static Reading of(byte[] bytes, Bounds bounds) throws IOException {
        Document document = Jsoup.parse(new ByteArrayInputStream(bytes), null, "");
        bounds.going();
        document.select(HIDDEN).remove();
        document.select("p,h1,h2,h3,h4,h5,h6,table,ul,ol,blockquote,pre,section,article")
                .after("\n\n");
        document.select("tr,li,br,div").after("\n");
        document.select("td,th").after("\t");
        bounds.going();
        String title = document.title();
        String body = document.body().wholeText();
        bounds.text(body.length());
        return new Reading.Text(Visible.of(title.isBlank() ? body : title + "\n\n" + body), 1);
    }
}
