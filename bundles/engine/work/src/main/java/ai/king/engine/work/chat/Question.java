/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A question as far as its words are understood.
 *
 * @param spans the days it names, in order
 * @param unclear a word of time that does not say which days
 * @param by what its figure is to be split by
 * @param least whether the smallest is wanted, where one of several is
 * @param ranked whether one of several is wanted
 * @param turn a word that turns the meaning into something that is not computed
 * @param words what is left of it: names of articles, channels, categories, or things not understood
 */
record Question(
        String text,
        Optional<Topic> topic,
        List<Span> spans,
        Optional<String> unclear,
        Optional<Group> by,
        boolean least,
        boolean ranked,
        boolean compares,
        Optional<String> turn,
        List<String> words) {

    /** What a figure can be split by. */
    enum Group {
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR,
        WEEKDAY,
        CHANNEL,
        CATEGORY,
        PRODUCT,
        CUSTOMER
    }

    private static final int USUAL = 10;

    private static final Pattern BY = Pattern.compile(
            "\\b(?:by|per|each|every|for each|pro|por) (day|week|month|quarter|year|channel|category|product|article|item|sku|customer|shopper|buyer|client|campaign)\\b"
                    + "|\\b(?:which|what|welche[rs]?|qué|cuál) (?:(?:is|are|was|were|of) )?(?:(?:our|the|my|these) )?"
                    + "(?:(?:best|worst|top|strongest|weakest|most|least|biggest|single|two|three|five|\\d) ?(?:[\\w-]+ )??)?"
                    + "(day|week|month|quarter|year|channel|categor(?:y|ies)|products?|articles?|items?|goods|skus?|things?|sellers?|customers?|buyers?|produkte?|artikel|productos?)\\b"
                    + "|\\b(?:best|worst|top|top-?|most|least|slowest)[ -]?(?:\\d+ )?(?:selling|sold|popular|profitable)?[ -]?(sellers?|products?|articles?|items?|goods|customers?|buyers?|clients?|channels?|categor(?:y|ies)|months?|days?|weeks?)\\b"
                    + "|\\b(who) (?:spends?|spent|buys|bought|orders|ordered)\\b");
    private static final Pattern WEEKDAY = Pattern.compile("\\b(days? of the week|weekdays?)\\b");
    private static final Pattern MANY = Pattern.compile("\\b(?:top|best|worst|first)[ -](\\d{1,2})\\b");
    private static final Pattern LEAST =
            Pattern.compile("\\b(worst|least|lowest|weakest|slowest|smallest|fewest|bottom|poorest)\\b");
    private static final Pattern RANKED = Pattern.compile(
            "\\b(which|what|who|welche[rs]?|best|worst|top|most|least|highest|lowest|strongest|weakest|biggest|slowest|fewest|bestsellers?|best-?sellers?|meist|más)\\b");
    private static final Pattern COMPARES = Pattern.compile(
            "\\b(compared?|versus|vs|than|against|increase[ds]?|decrease[ds]?|gr[eo]w[ns]?|growing|grown|drop(?:ped|s)?|fell|fall(?:en|s)?|rise[ns]?|rose|change[ds]?|improve[ds]?|beat(?:s|en)?|better|worse|up or down|more|less|go(?:ne|es)? (?:up|down)|went (?:up|down))\\b");
    private static final Pattern ASKS = Pattern.compile(
            "^\\W*(?:(?:hi|hey|hello|please|ok|okay|so|and|but|king|tell me|can you tell me|could you tell me|do you know|show me|i want to know|i'd like to know|i wonder)[ ,]+)*"
                    + "(who|what|what's|whats|when|where|which|how|is|are|was|were|do(?! (?:a|an|some|the|your|not|it|this|that|my|our)\\b)|does|did|has|have|had|show|tell|list|give me|wie|was|welche[rs]?|wieviel|cuánt[oa]s?|cuant[oa]s?|qué|cuál|wann|wer|und)\\b");
    private static final Pattern JUDGEMENT = Pattern.compile(
            "^\\W*(?:(?:and|so|but|tell me|can you tell me|please)[ ,]+)*(why|should|shall|would|could we|can we|how (?:can|could|should|might|to)\\b|how do (?:we|i|one)\\b(?! (?:stand|compare|do|have|spend|make|earn|sell))|warum|por qué)\\b");
    private static final Pattern ADVICE = Pattern.compile(
            "\\b(should (?:we|i|one)|would happen|what if|do you (?:think|suggest|recommend)|is it (?:wise|worth|time)|worth it|will (?:we|i|our|my|the)|going to be|expect|predict\\w*|forecast\\w*|the (?:reason|cause))\\b");
    private static final Pattern NAMES = Pattern.compile(
            "^(?:the |our |my |current |total |average )*(?:stock|inventory|revenue|turnover|sales|orders|profits?|margins?|returns|return rate|refunds|costs|expenses|customers|cash|prices?|conversion|churn|bounce|advertising|ad spend|targets|kpis|order value)"
                    + "(?: rate| value| level)?(?:$| (?:of|in|for|by|per|from|since|on|last|this|today|yesterday|so)\\b)");
    private static final Pattern TURN = Pattern.compile(
            "\\b(not|\\w+n't|never|without|except|excluding|other than|apart from|besides|unless|if|lost|lose|loses|losing|instead|fail(?:ed)? to|nobody|nothing|nicht|kein\\w*|ohne|sin)\\b");
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\d][\\p{L}\\d'&-]*");
    private static final Set<String> FILLER = Arrays.stream(
                    ("a an the of for on at in to from with within by per and or as it its it's this that these those "
                                    + "there here be been being am is are was were do does did done have has had having i i'd we we've "
                                    + "our ours us you your my mine me he she they their them who whose what what's whats which how "
                                    + "when where much many high big large long strong well good bad far exactly precisely roughly "
                                    + "about around approximately just only please thanks thank hi hey hello ok okay so but also still "
                                    + "now currently current right moment present total overall sum amount amounts figure figures "
                                    + "number numbers value rate level business company shop store webshop venture firm site online "
                                    + "tell show list give know see want wondering wonder like would could can may might will shall "
                                    + "let get got getting make made makes making bring brought brings come came comes coming go goes "
                                    + "going went take took pull pulled generate generated during over through throughout across all "
                                    + "any each every most best top worst least highest lowest strongest weakest biggest smallest "
                                    + "popular product products article articles item items goods thing things month months week weeks "
                                    + "day days year years quarter quarters channel channels category categories compared compare "
                                    + "versus vs than against more less up down better grew grow grown increase increased decrease "
                                    + "decreased drop dropped change changed open running run runs waiting wait waits pending again "
                                    + "not no yes out data records recorded stored say says said rank ranked one ones really actually "
                                    + "quick question other others same period time mean last next ago until since dollars euros usd "
                                    + "eur percent percentage share bestseller bestsellers wie viel viele hoch war ist sind der die "
                                    + "das den dem im und unser unsere unseren wir haben hat gemacht gibt es auf ich mein meine von "
                                    + "für cuánto cuántos cuánta cuál qué que fue son el la los las en del hicimos tuvimos tenemos hay "
                                    + "nuestro nuestra mi often improved improve beat date days nearly almost ever yet already weekday weekdays hatten hat sind y por king ai")
                            .split(" "))
            .collect(Collectors.toUnmodifiableSet());

    static Question of(String text, LocalDate today) {
        Periods periods = Periods.in(text.replace('’', '\''), today);
        String rest = periods.rest().replaceAll("\\s+", " ");
        Optional<Group> by = group(rest);
        boolean ranked = RANKED.matcher(rest).find();
        boolean compares = COMPARES.matcher(rest).find();
        boolean sales = by.isPresent() && ranked || compares && periods.spans().size() > 1;
        Optional<Topic> topic = Topic.of(rest).or(() -> sales ? Optional.of(Topic.REVENUE) : Optional.empty());
        List<String> words = TOKEN.matcher(rest)
                .results()
                .map(token -> token.group().replaceAll("'s$", ""))
                .filter(word -> !FILLER.contains(word)
                        && !word.matches("\\d{1,2}")
                        && topic.map(found -> !found.explains(word)).orElse(true))
                .distinct()
                .toList();
        return new Question(
                text,
                topic,
                periods.spans(),
                periods.unclear(),
                by,
                LEAST.matcher(rest).find(),
                ranked,
                compares,
                turn(rest, topic),
                words);
    }

    private static Optional<String> turn(String rest, Optional<Topic> topic) {
        return TURN.matcher(rest)
                .results()
                .map(MatchResult::group)
                .filter(word -> topic.map(found -> !found.explains(word)).orElse(true))
                .findFirst();
    }

    private static Optional<Group> group(String rest) {
        if (WEEKDAY.matcher(rest).find()) {
            return Optional.of(Group.WEEKDAY);
        }
        Matcher by = BY.matcher(rest);
        if (!by.find()) {
            return Optional.empty();
        }
        return IntStream.rangeClosed(1, by.groupCount())
                .mapToObj(by::group)
                .filter(Objects::nonNull)
                .findFirst()
                .map(Question::named);
    }

    private static Group named(String word) {
        return switch (word.substring(0, 3)) {
            case "day" -> Group.DAY;
            case "wee" -> Group.WEEK;
            case "mon" -> Group.MONTH;
            case "qua" -> Group.QUARTER;
            case "yea" -> Group.YEAR;
            case "cha", "cam" -> Group.CHANNEL;
            case "cat" -> Group.CATEGORY;
            case "cus", "buy", "who", "sho", "cli" -> Group.CUSTOMER;
            default -> Group.PRODUCT;
        };
    }

    /** Whether the words ask for a fact. */
    boolean asks() {
        String said = text.strip().toLowerCase(Locale.ROOT);
        return !judges() && (said.endsWith("?") || ASKS.matcher(said).find() || said.startsWith("¿"));
    }

    /** How many of several are wanted; 10 where it does not say. */
    int many() {
        Matcher many = MANY.matcher(text.toLowerCase(Locale.ROOT));
        return many.find() ? Math.max(1, Integer.parseInt(many.group(1))) : USUAL;
    }

    /** Whether it is a figure's name and no more: "stock of BED-01", "revenue by month". */
    boolean names() {
        return NAMES.matcher(text.strip().toLowerCase(Locale.ROOT)).find();
    }

    /** Whether they ask for reasons or advice, which no stored figure is. */
    boolean judges() {
        String said = text.strip().toLowerCase(Locale.ROOT);
        return JUDGEMENT.matcher(said).find() || ADVICE.matcher(said).find();
    }

    /** The days it is about: those it names first, or all to today. */
    Span span(LocalDate today) {
        return spans.isEmpty() ? new Span(Span.EVER, today, "all stored days") : spans.get(0);
    }

    /** What a comparison looks at besides: the other days it names, or as many days before. */
    Span besides(Span span) {
        long days = ChronoUnit.DAYS.between(span.from(), span.to()) + 1;
        return spans.size() > 1
                ? spans.get(1)
                : new Span(span.from().minusDays(days), span.from().minusDays(1), "the days before");
    }

    /** The same question about what an earlier one asked for. */
    Question about(Topic other) {
        return new Question(text, Optional.of(other), spans, unclear, by, least, ranked, compares, turn, words);
    }

    /** The same question about other days. */
    Question during(Span span) {
        return new Question(text, topic, List.of(span), Optional.empty(), by, least, ranked, compares, turn, words);
    }
}
