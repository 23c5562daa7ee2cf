/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import java.util.regex.Pattern;

/**
 * Texts that are aimed at the platform instead of the business: at its rules, approvals, secrets, roles and logs, or at
 * doing harm. Whatever such a text resembles, no action is named for it; what a person really wants is asked.
 */
final class Overreach {

    private static final Pattern AIMED = Pattern.compile(
            "\\b(?:ignore|disregard|forget|override|overrule|bypass|skip|circumvent|evade)\\b.{0,60}\\b(?:instructions?|rules?|guidelines|approvals?|safety|checks?|polic(?:y|ies)|(?:risk )?profile|limits?)\\b"
                    + "|\\b(?:passwords?|api[- ]?keys?|secret keys?|private keys?|credentials|access tokens?|root access)\\b"
                    + "|\\b(?:system prompt|hidden instructions|your (?:instructions|prompt)|word for word)\\b"
                    + "|\\b(?:grant|give|make|appoint|promote)\\b.{0,50}\\b(?:admins?|administrators?|approvers?|root|superuser|admin role|permissions?)\\b"
                    + "|\\b(?:approve|vote|accept|sign)\\b.{0,40}\\b(?:approvals?|requests?|pending|proposals?)\\b"
                    + "|\\bwithout (?:asking|approval|permission|telling|a vote)\\b"
                    + "|\\b(?:transfer|wire|send|move)\\b.{0,60}\\b(?:account|wallet|iban)\\b"
                    + "|\\b(?:disable|deactivate|(?:switch|turn|shut) off)\\b.{0,40}\\b(?:log|logs|logging|audit|monitoring|safety|security|checks?|ledger|alarms?)\\b"
                    + "|\\b(?:virus|malware|ransomware|hack|phishing|ddos|forge|fake|steal|botnet)\\b"
                    + "|\\b(?:you are now|pretend (?:to be|you)|act as (?:root|admin)|obey only|from now on you)\\b"
                    + "|\\b(?:delete|erase|wipe|destroy|purge)\\b.{0,30}\\b(?:everything|database|db|tables?|records|all (?:data|files|customers|orders))\\b"
                    + "|drop table|rm -rf|</?system|\"(?:action|type|confidence)\"\\s*:|\\b(?:START|STOP|ANALYZE|OPTIMIZE)_BUSINESS\\b"
                    + "|^\\s*(?:system|assistant|user)\\s*:",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Overreach() {}

    static boolean in(String text) {
        return AIMED.matcher(text).find();
    }
}
