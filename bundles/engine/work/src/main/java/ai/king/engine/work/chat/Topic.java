/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a question can be about, the particular before the general, with the words for it. */
enum Topic {
    APPROVALS(
            "\\b(approvals?|approv\\w*|(?:waits?|waiting|pending)\\b.*\\b(?:decisions?|me|sign-?off)|to sign off|freigaben?|aprobaci\\w+)\\b",
            "approvals approval approve approved approving decision decisions sign off freigabe freigaben requests request queue person"),
    TARGETS(
            "\\b(targets?|kpis?|(?:revenue|sales|orders?|margin|annual|yearly|quarterly|monthly) goals?|goals? for (?:revenue|sales|orders|margins?|the (?:year|quarter|month))|on track|off track|behind plan|key figures)\\b",
            "goal goals close far target targets kpi kpis track key plan revenue sales orders margin return returns conversion gap reach reached"),
    GOALS(
            "\\b(goals?|what (?:are you|is the platform|are the agents) (?:doing|working on|up to)|running (?:jobs|tasks)|ziele|objetivos)\\b",
            "goals goal platform agents jobs tasks ziele objetivos working doing status active finished failed completed newest state done"),
    BUSINESSES(
            "\\b(?:which|what|list|how many|show)\\b.*\\b(?:businesses|companies|shops|stores|ventures)\\b",
            "businesses companies shops stores ventures"),
    DOCUMENTS(
            "\\b(?:which|what|list|how many|show)\\b.*\\b(?:documents|files|papers)\\b",
            "documents files papers uploaded"),
    CASH(
            "\\b(cash(?: balance)?|bank balance|account balance|money (?:is |do we have |have we )?(?:left|in the bank|in the account)|kontostand|liquidity)\\b",
            "cash balance bank account money left kontostand liquidity hand"),
    LOW_STOCK(
            "\\b(low (?:on|in|at) stock|low stock|run(?:ning)? (?:out|low|short)|out of stock|sold out|nearly gone|re-?order|re-?stock|replenish)\\b",
            "stock reorder re-order restock re-stock replenish low running short sold gone nearly inventory must close"),
    STOCK(
            "\\b(in stock|on hand|stock(?: level)?s?|inventory|units? left|in the warehouse|lagerbestand|auf lager|existencias|(?:have|are|still) .{0,40}\\bleft(?! us))\\b",
            "stock stocks hand inventory units unit left warehouse storage lagerbestand lager existencias pieces"),
    AOV(
            "\\b(average (?:order|basket|cart)(?: value| size)?|aov|(?:average|mean) (?:spend|spending|revenue|sales) per (?:customer|shopper|buyer|client|order)|(?:value|size) of an? (?:average|typical) (?:order|basket)|basket (?:size|value))\\b",
            "average order orders basket cart size aov typical spend spending revenue sales customer customers shopper shoppers buyer buyers client worth"),
    RETURNS(
            "\\b(returns?|returned|return rate|(?:parcels?|orders?|packages|goods|items) (?:\\w+ ){0,2}(?:come|comes|came|coming) back|refunds?|refunded|sent back|send back|retouren?|devoluciones)\\b",
            "return returns returned refund refunds refunded sent send retoure retouren devoluciones parcel parcels packages back order orders sales sold"),
    CANCELLED("\\b(cancell?ed|cancell?ations?)\\b", "cancelled canceled cancellation cancellations order orders"),
    ADVERTISING(
            "\\b(ads?|advertising|advertise|adverts?|advertisements?|marketing|campaigns?|werbung|publicidad|anuncios)\\b",
            "ad ads advertising advertise advert adverts advertisement advertisements marketing campaign campaigns werbung publicidad anuncios spend spent spending cost costs paid pay budget gastamos ausgegeben"),
    CONVERSION("\\b(conversions?|conversion rate|convert)\\b", "conversion conversions convert"),
    BOUNCE("\\bbounce(?: rate)?\\b", "bounce"),
    CHURN("\\bchurn(?: rate)?\\b", "churn"),
    SESSIONS("\\b(sessions|visitors|visits|traffic)\\b", "sessions visitors visits traffic"),
    MARGIN(
            "\\b(margins?|mark-?ups?|marge|margen)\\b",
            "margin margins markup markups mark-up profit gross marge margen sales"),
    PROFIT(
            "\\b(profits?|profitable|net income|bottom line|earnings|losing money|how much (?:money )?(?:did|do|have|does) (?:we|i|the (?:shop|store|business|company)) (?:make|made)|made money|make money|make (?:a )?loss|in the (?:red|black)|gewinn|ganancias?|beneficios?)\\b",
            "profit profits profitable net income bottom line earnings losing loss red black gewinn ganancia ganancias beneficio beneficios earn earned"),
    CUSTOMERS(
            "\\b(customers?|buyers?|clients?|shoppers?|who (?:spends?|spent|buys|bought|orders|ordered)|kunden|clientes)\\b",
            "who spends buys customer customers buyer buyers client clients shoppers kunden clientes order orders ordered buy buys bought new returning repeat loyal spend spent purchase purchased"),
    SUPPLIERS(
            "\\b(suppliers?|vendors?|lead times?)\\b",
            "supplier suppliers vendor vendors lead time times deliver delivers supplies"),
    PRICE(
            "\\b(list prices?|prices?|(?:how much|what) (?:is|are|does|do) .{0,60}\\bcost(?!s)|precio|preis)\\b",
            "price prices list cost costs precio preis sell sold"),
    UNITS(
            "\\b(units? (?:of|sold|did|were|have)|pieces|items sold|quantity)\\b",
            "unit units pieces items quantity sold sell"),
    REVENUE(
            "\\b(revenues?|turnover|sales|sold|sells?|selling|sellers?|income|takings|our take|bill(?:ed|ings)|invoiced|earn(?:ed|s)?|take in|took in|umsatz|umsätze|verkauft|ingresos|ventas|vendi\\w+|facturaci[oó]n|facturamos)\\b",
            "revenue revenues turnover sales sold sell sells selling seller sellers income takings gross earn earned earns take took umsatz umsätze verkauft ingresos ventas billed billings invoiced vendimos vendido facturación facturacion facturamos orders"),
    ORDERS(
            "\\b(orders?|purchases|transactions|bestellungen|pedidos)\\b",
            "order orders purchases transactions bestellungen pedidos shipped completed placed"),
    COSTS(
            "\\b(costs?|expenses?|spend(?:ing)?|spent|pa(?:y|id) for|outgoings|overheads?|rent|salar(?:y|ies)|fees|kosten|ausgaben|gastos|gastamos)\\b",
            "cost costs expense expenses spend spending spent pay paid outgoings overhead overheads kosten ausgaben gastos gastamos"),
    STATE(
            "\\b(?:how (?:is|are|does|do|did|goes)\\b.*\\b(?:business|shop|store|company|things|we)\\b.*\\b(?:doing|going|performing|stand|standing|running|perform|do)\\b|health|healthy|p&l|profit and loss)",
            "business shop store company things doing going performing stand standing running perform do health healthy state p&l profit loss");

    private final Pattern words;
    private final Set<String> vocabulary;

    /** @param vocabulary every word that such a question may hold without asking for anything else */
    Topic(String words, String vocabulary) {
        this.words = Pattern.compile(
                words, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
        this.vocabulary = Arrays.stream(vocabulary.split(" ")).collect(Collectors.toUnmodifiableSet());
    }

    static Optional<Topic> of(String text) {
        for (Topic topic : values()) {
            if (topic.words.matcher(text).find()) {
                return Optional.of(topic);
            }
        }
        return Optional.empty();
    }

    static Optional<Topic> named(String name) {
        for (Topic topic : values()) {
            if (topic.name().equals(name)) {
                return Optional.of(topic);
            }
        }
        return Optional.empty();
    }

    /** Whether a word belongs to such a question. */
    boolean explains(String word) {
        return vocabulary.contains(word);
    }

    /** Whether it is about the platform and not about one business. */
    boolean ofPlatform() {
        return this == APPROVALS || this == GOALS || this == BUSINESSES;
    }
}
