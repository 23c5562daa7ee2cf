/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.legal;

import java.util.List;

/**
 * What a framework asks of a text, in groups; a group with an open point takes its deduction off 100 once.
 *
 * @param needs the document it is checked on, in words
 */
record Checklist(String framework, String needs, List<Group> groups) {

    /** Points that deduct together. */
    record Group(String name, int deduction, List<Point> points) {}

    static final Checklist GDPR = new Checklist(
            "GDPR",
            "a privacy policy",
            List.of(
                    new Group(
                            "lawful ground and consent",
                            20,
                            List.of(
                                    Point.of(
                                                    "GDPR Art. 6, 13(1)(c)",
                                                    "the legal basis of each purpose",
                                                    "legal basis|lawful basis|legitimate interests?|performance of (a|the|your|our) contract"
                                                            + "|legal obligation|article 6",
                                                    "purpose|\\bto (deliver|improve|provide|process)|use (your|the|this)")
                                            .against("other (business )?purposes"),
                                    Point.of(
                                                    "GDPR Art. 7, ePrivacy Directive Art. 5(3)",
                                                    "consent before cookies that are not needed are set",
                                                    "(consent|opt[- ]in|permission|choose|accept).{0,80}cookies?"
                                                            + "|cookies?.{0,100}(consent|opt[- ]in|permission|you (choose|accept|allow))",
                                                    "cookie|pixel|tracking")
                                            .when("cookie|pixel|tracking")
                                            .against(
                                                    "by (using|continuing|visiting|entering).{0,60}(agree|consent|accept)|set when the (first )?page loads"),
                                    Point.of(
                                                    "GDPR Art. 7, ePrivacy Directive Art. 13",
                                                    "consent before advertising mail, and how to withdraw it",
                                                    "(consent|opt[- ]in|subscribe|sign up|agreed?).{0,80}(newsletter|letter|mail)"
                                                            + "|(newsletter|letter|mail).{0,80}(consent|opt[- ]in|subscribe|sign(ed)? up|agreed?)",
                                                    "newsletter|weekly letter|marketing")
                                            .when("newsletter|weekly letter|marketing (e-?mail|message|letter)")
                                            .against("every (customer|user|buyer|visitor).{0,30}(receives?|gets?)"))),
                    new Group(
                            "rights of the person",
                            15,
                            List.of(
                                    Point.of(
                                            "GDPR Art. 15, 16",
                                            "the right to see and to correct one's data",
                                            "right (to|of) (access|rectif)|access (to )?(your|their) (personal )?data"
                                                    + "|copy of your (personal )?data|(see|correct).{0,40}(your|their) (personal )?data",
                                            "write to us|contact|\\S@\\S"),
                                    Point.of(
                                            "GDPR Art. 17",
                                            "the right to have one's data erased",
                                            "\\b(delet(e|ed|ion)|eras(e|ed|ure)|right to be forgotten)",
                                            "write to us|contact|\\S@\\S"),
                                    Point.of(
                                            "GDPR Art. 18, 20, 21",
                                            "the rights to object, to restrict and to take one's data along",
                                            "\\b(object to|right to object|restrict|portab|withdraw)",
                                            "write to us|contact|\\S@\\S"),
                                    Point.of(
                                            "GDPR Art. 13(2)(d)",
                                            "the right to complain to a supervisory authority",
                                            "(supervisory|data protection) authority|lodge a complaint",
                                            "write to us|contact|\\S@\\S"))),
                    new Group(
                            "openness",
                            10,
                            List.of(
                                    Point.of(
                                                    "GDPR Art. 13(2)(a)",
                                                    "how long data are kept, or the rule by which that is found",
                                                    "(keep|kept|retain|stor).{0,120}(\\d+ (day|week|month|year)|as long as (the|a) (law|contract)|required by law|until)",
                                                    "\\b(keep|kept|retain|retention)\\b")
                                            .against(
                                                    "as long as (we|it) (consider|think|like|want|see|find|is useful)|indefinitely|forever"),
                                    Point.of(
                                            "GDPR Art. 13(1)(a), (b)",
                                            "who is responsible: legal name, postal address, data protection contact",
                                            "\\bcontroller\\b|data protection officer|registered (office|address)",
                                            "\\S@\\S|contact|\\(\"?we\"?\\)"),
                                    Point.of(
                                                    "GDPR Art. 13(1)(e)",
                                                    "the recipients of the data, or their kinds, with the purpose",
                                                    "\\b(recipients?|disclos|share|pass(ed)? on|receives?|processors?|carriers?)\\b",
                                                    "partners?|third part")
                                            .against("selected (marketing |business |advertising )?partners"),
                                    Point.of(
                                                    "GDPR Art. 13(1)(f), 46",
                                                    "the safeguard for transfers outside the European Union",
                                                    "standard contractual clauses|adequacy|binding corporate rules|safeguards?",
                                                    "outside the (eu\\b|european|eea)|third countr")
                                            .when("outside the (eu\\b|european|eea)|third countr")))));

    static final Checklist CCPA = new Checklist(
            "CCPA",
            "a privacy policy",
            List.of(
                    new Group(
                            "sale of data",
                            20,
                            List.of(Point.of(
                                            "CCPA 1798.120, 1798.135",
                                            "whether data are sold or shared, and the link to opt out of it",
                                            "do not sell|opt[- ]out of (the |any )?(sale|selling|sharing)|(never|not) (sell|sold)",
                                            "partners?|third part|\\bsell|\\bsale\\b|customer lists?")
                                    .saidByNot()
                                    .against("pay us for|paid for (customer|your)|we sell (your|customer|personal)"))),
                    new Group(
                            "notice and rights",
                            15,
                            List.of(
                                    Point.of(
                                            "CCPA 1798.100, 1798.110",
                                            "the right to know what is collected, for what and to whom it goes",
                                            "right to know|right (to|of) access|copy of your (personal )?(data|information)",
                                            "what we collect|\\b(name|address|e-?mail)\\b.{0,60},"),
                                    Point.of(
                                            "CCPA 1798.105, 1798.106",
                                            "the rights to deletion and correction",
                                            "\\b(delet(e|ed|ion)|eras(e|ed|ure))\\b",
                                            "write to us|contact|\\S@\\S"),
                                    Point.of(
                                                    "CCPA 1798.125",
                                                    "that nobody is treated worse for using a right",
                                                    "discriminat|equal (service|price)|treat(ed)? (you )?(worse|differently)",
                                                    "rights?|write to us|\\S@\\S")
                                            .saidByNot()))));

    static final Checklist PCI = new Checklist(
            "PCI",
            "a text that says how card payments are handled",
            List.of(
                    new Group(
                            "card data are not kept",
                            30,
                            List.of(
                                    Point.of(
                                                    "PCI DSS 3",
                                                    "that card numbers are not kept, or who keeps them",
                                                    "(never|not) (see|keep|store|receive|hold|save|record)[^.]{0,40}card"
                                                            + "|payments? (are|is) (handled|processed) by|tokeni[sz]ed",
                                                    "\\bcards?\\b|payment")
                                            .saidByNot()
                                            .against(
                                                    "(store|stored|keep|kept|save|saved|record|recorded|retain)\\b[^.]{0,60}(card (number|data|detail)|cvv|cvc|security code)"
                                                            + "|(card (number|data|detail)s?|cvv|cvc|security code)[^.]{0,60}\\b(stored|kept|saved|recorded|retained)\\b"))),
                    new Group(
                            "card data travel encrypted",
                            25,
                            List.of(
                                    Point.of(
                                                    "PCI DSS 4",
                                                    "that payment pages and card data are encrypted on their way",
                                                    "\\b(tls|https|encrypt(ed|ion|s)?)\\b",
                                                    "\\bcards?\\b|payment")
                                            .against(
                                                    "card[^.]{0,80}\\b(by|via|in an?) (e-?mail|fax|letter|chat)\\b|\\bunencrypted\\b|plain text")))));
}
