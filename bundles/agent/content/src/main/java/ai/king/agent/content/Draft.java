/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

/**
 * A text before anybody published it.
 *
 * @param title of the page, subject of a mail
 * @param meta what a search engine shows under the title, preview of a mail
 * @param body Markdown
 */
record Draft(String title, String meta, String body) {

    String whole() {
        return title + "\n" + meta + "\n" + body;
    }
}
