/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import java.util.Locale;
import java.util.regex.Pattern;

/** What the words of a message say about what is to be done, where a mistake would cost. */
final class Orders {

    private static final Pattern ENDS = Pattern.compile(
            "\\b(stop|clos(?:e|ing)|shut(?:ting)?|end(?:ing)?|ceas(?:e|ing)|terminat\\w*|discontinu\\w*|liquidat\\w*|dissolv\\w*|abandon\\w*|kill|sunset|retire|wind(?:ing)?"
                    + "|delet\\w*|remov\\w*|destroy\\w*|wip(?:e|ing)|eras\\w*|purg\\w*|sell(?:ing)? off|give up|get rid of|pull the plug|schlie(?:ß|ss)\\w*|beend\\w*|lösch\\w*|cerrar|cierra|termina|elimina\\w*|borra\\w*)\\b"
                    + "(?s:.{0,80}?)"
                    + "\\b(business|company|shop|store|firm|venture|enterprise|startup|operations?|trading|everything|anything|all|data|records|database|customers|orders|products|catalogue|catalog"
                    + "|geschäft|firma|laden|shop|alles|unternehmen|tienda|negocio|empresa|todo)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern VOTES = Pattern.compile(
            "^\\W*(?:(?:please|ok|okay|yes|i|we|now|just|you may|go ahead and|hereby|king)[ ,]+)*(approved?|reject|vote|veto|sign off|confirm (?:the |all )?approvals?)\\b(?!.*\\?\\s*$)"
                    + "|\\b(approve|reject|vote (?:for|on|yes)) (?:it|that|this|all|everything|them|the (?:\\w+ )?(?:approvals?|requests?|payments?|proposals?|purchases?|orders?))\\b(?!.*\\?\\s*$)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern YES = Pattern.compile(
            "^\\W*(yes|y|yes please|yes,? do(?: it| that)?|yes,? file it|confirm|confirmed|i confirm|go ahead|do it|file it|ja|sí|si)\\W*$",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern NO = Pattern.compile(
            "^\\W*(no|n|no thanks|no thank you|cancel|don'?t|do not|never mind|leave it|nein|stop)\\W*$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern GREETING = Pattern.compile(
            "^\\W*(hi|hello|hey|good (?:morning|afternoon|evening)|thanks?(?: you)?(?: very much| a lot)?|bye|goodbye|hallo|hola|danke|gracias|moin|help|what can (?:i ask|you do)|who are you)\\b.{0,40}$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MAKES = Pattern.compile(
            "\\b(report|forecast|plan|analysis|analy[sz]e|predict\\w*|budget|draft|write|create|research)\\b",
            Pattern.CASE_INSENSITIVE);

    private Orders() {}

    /** Whether the words may mean to end or to remove something; asking once too often costs little. */
    static boolean destroys(String message) {
        return ENDS.matcher(message).find();
    }

    /** Whether somebody tries to decide an approval by saying so. */
    static boolean votes(String message) {
        return VOTES.matcher(message.strip()).find();
    }

    static boolean yes(String message) {
        return YES.matcher(message.strip()).matches();
    }

    static boolean no(String message) {
        return NO.matcher(message.strip()).matches();
    }

    static boolean greets(String message) {
        return GREETING.matcher(message.strip().toLowerCase(Locale.ROOT)).matches();
    }

    /** Whether something is to be made, so that a figure alone is no answer. */
    static boolean makes(String message) {
        return MAKES.matcher(message).find();
    }
}
