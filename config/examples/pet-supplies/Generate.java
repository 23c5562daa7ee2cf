import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Writes the tables of the sample business into the current folder: {@code java Generate.java}. One seed, StrictMath and
 * decimal money only, so that every machine writes the same bytes. What is planted stands in README.md.
 */
final class Generate {

    static final LocalDate FIRST = LocalDate.of(2024, 10, 1);
    static final LocalDate LAST = LocalDate.of(2026, 9, 30);
    static final LocalDate PRICE_RISE = LocalDate.of(2025, 7, 1);
    static final LocalDate SPIKE = LocalDate.of(2026, 5, 12);
    static final LocalDate TRACKER_OUT = LocalDate.of(2026, 4, 9);
    static final double ORDERS_A_DAY = 22.2;
    static final Random RANDOM = new Random(20260930L);

    /** Season tells when a thing sells more: gifts in winter, grooming and walking gear in summer, the rest evenly. */
    enum Season { EVEN, GIFT, SUMMER }

    record Product(String sku, String name, String category, String supplier, String cost, String list, String launched,
            double weight, Season season, double returns, int onHand, int reorderPoint, int minimum) {
        double share() { return weight / PRODUCTS.stream().mapToDouble(Product::weight).sum(); }
    }

    record Order(LocalDate date, String customer, Product product, int quantity, BigDecimal price, BigDecimal discount,
            String channel, String status) {
        BigDecimal paid() { return price.multiply(BigDecimal.valueOf(quantity)).subtract(discount); }
        boolean shipped() { return !status.equals("cancelled"); }
    }

    record Window(LocalDate from, LocalDate to) {
        boolean has(LocalDate day) { return !day.isBefore(from) && !day.isAfter(to); }
    }

    static final Window PROMOTION = new Window(LocalDate.of(2026, 3, 16), LocalDate.of(2026, 3, 29));
    static final Window SLOW_SITE = new Window(LocalDate.of(2026, 7, 14), LocalDate.of(2026, 7, 16));
    static final Window BROKEN_ADS = new Window(LocalDate.of(2026, 8, 3), LocalDate.of(2026, 8, 9));
    static final Window LOOSE_ZIPS = new Window(LocalDate.of(2026, 8, 1), LocalDate.of(2026, 9, 20));
    static final Map<String, Window> STOCK_OUTS = Map.of(
            "TRT-02", new Window(LocalDate.of(2025, 6, 9), LocalDate.of(2025, 6, 27)),
            "WLK-01", new Window(LocalDate.of(2026, 1, 12), LocalDate.of(2026, 2, 2)));

    static final Map<String, String> SUPPLIERS = new LinkedHashMap<>();
    static final Map<String, Integer> LEAD_DAYS = Map.of("S01", 14, "S02", 7, "S03", 21, "S04", 10);

    static {
        SUPPLIERS.put("S01", "Northbay Pet Goods");
        SUPPLIERS.put("S02", "Greenleaf Treat Company");
        SUPPLIERS.put("S03", "Tidewater Trading");
        SUPPLIERS.put("S04", "Clearcoat Grooming Supply");
    }

    static final List<Product> PRODUCTS = List.of(
            new Product("TRT-01", "Salmon Training Bites 200 g", "treats", "S02", "4.10", "10.99", "2024-03-01", 9, Season.EVEN, .02, 196, 62, 60),
            new Product("TRT-02", "Peanut Butter Biscuits 300 g", "treats", "S02", "3.80", "9.99", "2024-03-01", 10, Season.EVEN, .02, 231, 70, 60),
            new Product("TRT-03", "Dental Chew Sticks 28 pcs", "treats", "S02", "6.90", "17.99", "2024-05-13", 8, Season.EVEN, .02, 154, 55, 48),
            new Product("TRT-04", "Freeze-Dried Chicken 120 g", "treats", "S02", "7.60", "18.99", "2025-02-03", 6, Season.EVEN, .03, 118, 42, 36),
            new Product("FOD-01", "Grain-Free Kibble 2 kg", "food", "S02", "9.40", "23.99", "2024-03-01", 7, Season.EVEN, .03, 139, 50, 40),
            new Product("FOD-02", "Kitten Starter Pack", "food", "S02", "8.20", "20.99", "2024-09-02", 4, Season.EVEN, .03, 84, 28, 30),
            new Product("FOD-03", "Hypoallergenic Pouches 12 x", "food", "S02", "13.60", "18.99", "2025-04-07", 3, Season.EVEN, .04, 66, 22, 24),
            new Product("TOY-01", "Squeaky Fox", "toys", "S03", "3.90", "10.99", "2024-03-01", 6, Season.GIFT, .04, 171, 66, 60),
            new Product("TOY-02", "Feather Wand Cat Teaser", "toys", "S03", "3.20", "8.99", "2024-03-01", 6, Season.GIFT, .05, 163, 64, 60),
            new Product("TOY-03", "Snuffle Mat 45 cm", "toys", "S03", "9.80", "24.99", "2024-06-10", 5, Season.GIFT, .05, 127, 52, 36),
            new Product("TOY-04", "Rope Tug Knot", "toys", "S03", "6.20", "15.99", "2024-10-07", 1.7, Season.GIFT, .05, 8, 20, 40),
            new Product("TOY-05", "Treat Puzzle Wheel", "toys", "S03", "8.90", "22.99", "2024-10-07", 1.4, Season.GIFT, .06, 6, 18, 30),
            new Product("TOY-06", "Floating Fetch Disc", "toys", "S03", "4.75", "12.99", "2024-10-07", 1.7, Season.EVEN, .05, 9, 22, 48),
            new Product("BED-01", "Orthopaedic Dog Bed M", "beds", "S01", "27.50", "69.99", "2024-03-01", 3, Season.GIFT, .08, 58, 24, 12),
            new Product("BED-02", "Calming Donut Bed", "beds", "S01", "29.50", "39.99", "2024-08-05", 3.5, Season.GIFT, .09, 71, 28, 12),
            new Product("BED-03", "Window Perch for Cats", "beds", "S01", "16.40", "41.99", "2025-01-13", 2, Season.EVEN, .08, 45, 16, 12),
            new Product("WLK-01", "No-Pull Harness", "walking", "S01", "11.60", "29.99", "2024-03-01", 5, Season.SUMMER, .09, 104, 40, 24),
            new Product("WLK-02", "Reflective Leash 2 m", "walking", "S01", "6.70", "16.99", "2024-03-01", 4, Season.EVEN, .05, 92, 32, 24),
            new Product("WLK-03", "Collapsible Water Bottle", "walking", "S01", "5.40", "13.99", "2024-11-18", 3, Season.SUMMER, .04, 77, 24, 30),
            new Product("WLK-04", "Compostable Bags 240 pcs", "walking", "S01", "5.90", "14.99", "2024-03-01", 6, Season.EVEN, .01, 148, 48, 48),
            new Product("GRM-01", "Oatmeal Shampoo 500 ml", "grooming", "S04", "5.20", "13.99", "2024-03-01", 5, Season.SUMMER, .02, 113, 36, 36),
            new Product("GRM-02", "De-Shedding Brush", "grooming", "S04", "7.10", "18.99", "2024-03-01", 4, Season.SUMMER, .04, 88, 30, 24),
            new Product("GRM-03", "Paw Balm 60 ml", "grooming", "S04", "4.30", "11.99", "2024-12-02", 3, Season.GIFT, .02, 72, 22, 36),
            new Product("GRM-04", "Tick Remover Set", "grooming", "S04", "2.90", "7.99", "2024-04-08", 2, Season.SUMMER, .02, 61, 15, 48));

    public static void main(String[] arguments) throws IOException {
        if (!Files.exists(Path.of("Generate.java"))) {
            throw new IllegalStateException("run me in the folder that holds Generate.java");
        }
        List<Order> orders = orders();
        writeOrders(orders);
        writeProductsAndSuppliers();
        writeStock(orders);
        writeCosts(orders);
        writeAdvertising(orders);
        writeMetrics(orders);
        writeTargets();
    }

    // Demand

    static List<Order> orders() {
        List<Order> orders = new ArrayList<>();
        List<String> customers = new ArrayList<>();
        for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
            int count = poisson(ORDERS_A_DAY * trend(day) * yearly(day) * weekly(day) * lift(day));
            for (int i = 0; i < count; i++) {
                orders.add(order(day, product(day), customers));
            }
            if (day.equals(SPIKE)) {
                Product wand = bySku("TOY-02");
                for (int i = 0; i < 118; i++) {
                    orders.add(new Order(day, newCustomer(customers), wand, 1, price(wand, day), BigDecimal.ZERO, "social", "completed"));
                }
            }
        }
        plant(orders);
        return orders;
    }

    static Order order(LocalDate day, Product product, List<String> customers) {
        double draw = RANDOM.nextDouble();
        int quantity = draw < .72 ? 1 : draw < .92 ? 2 : draw < .98 ? 3 : 4;
        BigDecimal price = price(product, day);
        boolean promoted = PROMOTION.has(day) && (product.category().equals("toys") || product.category().equals("beds"));
        double off = promoted ? .20 : RANDOM.nextDouble() < .09 ? .10 : 0;
        BigDecimal discount = money(price.doubleValue() * quantity * off);
        double returns = product.sku().equals("BED-02") && LOOSE_ZIPS.has(day) ? .27 : product.returns();
        double fate = RANDOM.nextDouble();
        String status = fate < .018 ? "cancelled" : fate < .018 + returns ? "returned" : "completed";
        return new Order(day, customer(day, customers), product, quantity, price, discount, channel(promoted), status);
    }

    /** The oddities that a careful reader of the data must find: a price typo, a doubled order, a doubled customer. */
    static void plant(List<Order> orders) {
        int typo = firstOn(orders, LocalDate.of(2026, 6, 23), "TOY-03");
        Order wrong = orders.get(typo);
        orders.set(typo, new Order(wrong.date(), wrong.customer(), wrong.product(), 1, new BigDecimal("249.90"), BigDecimal.ZERO, wrong.channel(), "completed"));
        int doubled = firstOn(orders, LocalDate.of(2026, 8, 18), "WLK-01");
        orders.add(doubled + 1, orders.get(doubled));
        Order first = orders.get(firstOn(orders, LocalDate.of(2026, 2, 10), "TRT-01"));
        orders.add(orders.indexOf(first) + 1, new Order(first.date(), "c01417", first.product(), 2, first.price(), money(0), "email", "completed"));
    }

    static int firstOn(List<Order> orders, LocalDate from, String sku) {
        for (int i = 0; i < orders.size(); i++) {
            Order order = orders.get(i);
            if (!order.date().isBefore(from) && order.product().sku().equals(sku) && order.status().equals("completed")) {
                return i;
            }
        }
        throw new IllegalStateException("no order of " + sku + " from " + from);
    }

    static double trend(LocalDate day) {
        return 1 + .34 * ChronoUnit.DAYS.between(FIRST, day) / 730.0;
    }

    static double yearly(LocalDate day) {
        double wave = 1 + .10 * StrictMath.cos(2 * StrictMath.PI * (day.getDayOfYear() - 340) / 365.0);
        boolean gifts = day.getMonthValue() == 12 && day.getDayOfMonth() < 21;
        boolean blackFriday = day.getMonthValue() == 11 && day.getDayOfMonth() > 24;
        return wave * (gifts ? 1.45 : blackFriday ? 1.8 : 1);
    }

    static double weekly(LocalDate day) {
        double[] monday = {1.06, .98, .95, .97, .92, 1.02, 1.18};
        return monday[day.getDayOfWeek().getValue() - 1];
    }

    static double lift(LocalDate day) {
        double lost = PRODUCTS.stream().filter(p -> out(p, day)).mapToDouble(p -> .6 * p.share()).sum();
        double tired = day.isAfter(LocalDate.of(2026, 8, 31)) ? .90 : 1;
        return (1 - lost) * (PROMOTION.has(day) ? 1.42 : 1) * (SLOW_SITE.has(day) ? .62 : 1) * tired;
    }

    static boolean out(Product product, LocalDate day) {
        Window window = STOCK_OUTS.get(product.sku());
        return window != null && window.has(day);
    }

    static Product product(LocalDate day) {
        double[] weights = PRODUCTS.stream().mapToDouble(p -> demand(p, day)).toArray();
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double draw = RANDOM.nextDouble() * sum;
        int i = 0;
        while (i < weights.length - 1 && (draw -= weights[i]) >= 0) {
            i++;
        }
        return PRODUCTS.get(i);
    }

    static double demand(Product product, LocalDate day) {
        if (out(product, day) || day.isBefore(LocalDate.parse(product.launched()))) {
            return 0;
        }
        int month = day.getMonthValue();
        double season = switch (product.season()) {
            case EVEN -> 1;
            case GIFT -> month >= 11 ? 1.35 : .95;
            case SUMMER -> month >= 5 && month <= 8 ? 1.5 : .85;
        };
        boolean promoted = PROMOTION.has(day) && (product.category().equals("toys") || product.category().equals("beds"));
        return product.weight() * season * (promoted ? 1.7 : 1);
    }

    static BigDecimal price(Product product, LocalDate day) {
        BigDecimal list = new BigDecimal(product.list());
        return day.isBefore(PRICE_RISE) ? list.subtract(BigDecimal.ONE) : list;
    }

    static String channel(boolean promoted) {
        double draw = RANDOM.nextDouble() - (promoted ? .10 : 0);
        return draw < .04 ? "email" : draw < .30 ? "search" : draw < .52 ? "social" : draw < .66 ? "marketplace" : draw < .76 ? "email" : "direct";
    }

    /** Six in ten orders come from a known customer, the newer ones more often: cohorts decay as they do in life. */
    static String customer(LocalDate day, List<String> customers) {
        double known = customers.size() < 150 ? .25 : day.isAfter(LocalDate.of(2026, 8, 31)) ? .55 : .62;
        if (RANDOM.nextDouble() >= known || customers.isEmpty()) {
            return newCustomer(customers);
        }
        double back = StrictMath.pow(RANDOM.nextDouble(), 2.2);
        return customers.get(customers.size() - 1 - (int) (back * customers.size()));
    }

    static String newCustomer(List<String> customers) {
        customers.add(String.format(Locale.ROOT, "C%05d", customers.size() + 1));
        return customers.get(customers.size() - 1);
    }

    // Tables

    static void writeOrders(List<Order> orders) throws IOException {
        List<String> lines = new ArrayList<>(List.of("order_id,date,customer_id,sku,quantity,unit_price,discount,channel,status"));
        int number = 10000;
        for (Order o : orders) {
            lines.add(row("O" + ++number, o.date(), o.customer(), o.product().sku(), o.quantity(), o.price(), o.discount().setScale(2), o.channel(), o.status()));
        }
        write("orders.csv", lines);
    }

    static void writeProductsAndSuppliers() throws IOException {
        List<String> products = new ArrayList<>(List.of("sku,name,category,supplier_id,unit_cost,list_price,launched"));
        List<String> offers = new ArrayList<>(List.of("supplier_id,supplier,sku,unit_cost,min_quantity,lead_days"));
        for (Product p : PRODUCTS) {
            products.add(row(p.sku(), p.name(), p.category(), p.supplier(), p.cost(), p.list(), p.launched()));
            offers.add(row(p.supplier(), SUPPLIERS.get(p.supplier()), p.sku(), p.cost(), p.minimum(), LEAD_DAYS.get(p.supplier())));
        }
        // A second source for two grooming articles: dearer, but quicker and in smaller lots.
        offers.add(row("S01", SUPPLIERS.get("S01"), "GRM-01", "5.65", 12, 5));
        offers.add(row("S01", SUPPLIERS.get("S01"), "GRM-02", "7.55", 12, 5));
        write("products.csv", products);
        write("suppliers.csv", offers);
    }

    /** Walks back from the last day, so that the stock of that day is the one of the table above and every day before adds up. */
    static void writeStock(List<Order> orders) throws IOException {
        Map<String, Integer> sold = new HashMap<>();
        orders.stream().filter(Order::shipped).forEach(o -> sold.merge(o.product().sku() + o.date(), o.quantity(), Integer::sum));
        List<String> lines = new ArrayList<>();
        for (Product p : PRODUCTS) {
            int onHand = p.onHand();
            int full = Math.max(p.onHand(), 3 * p.reorderPoint() + p.minimum());
            for (LocalDate day = LAST; !day.isBefore(FIRST); day = day.minusDays(1)) {
                boolean counted = day.getDayOfWeek() == DayOfWeek.WEDNESDAY && !day.isBefore(LocalDate.parse(p.launched()));
                if (counted || day.equals(LAST)) {
                    lines.add(row(p.sku(), day, onHand, p.reorderPoint()));
                }
                onHand += sold.getOrDefault(p.sku() + day, 0);
                boolean delivered = onHand > full;
                onHand = out(p, day.minusDays(1)) ? 0 : delivered ? Math.max(onHand - full + p.reorderPoint() / 2, 3) : onHand;
            }
        }
        lines.sort(Comparator.comparing((String line) -> line.split(",")[1]).thenComparing(line -> line.split(",")[0]));
        lines.add(0, "sku,date,on_hand,reorder_point");
        write("stock.csv", lines);
    }

    static void writeCosts(List<Order> orders) throws IOException {
        List<String> lines = new ArrayList<>(List.of("date,category,amount,note", row(FIRST, "cash_balance", "38500.00", "Bank balance at the start of the day")));
        for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
            if (day.getDayOfMonth() == 1) {
                lines.add(row(day, "rent", day.getYear() == 2024 ? "880.00" : "940.00", "Storage unit and packing room"));
            }
            if (day.getDayOfMonth() == 3) {
                lines.add(row(day, "software", "268.00", "Shop system, bookkeeping, mail"));
            }
            if (day.equals(LocalDate.of(2026, 6, 3))) {
                lines.add(row(day, "software", "268.00", "Shop system, bookkeeping, mail"));
            }
            if (day.getDayOfMonth() == 15 && day.getMonthValue() % 3 == 1) {
                lines.add(row(day, "insurance", "435.00", "Product liability and stock, a quarter"));
            }
            if (day.getDayOfMonth() == day.lengthOfMonth()) {
                boolean peak = day.getMonthValue() >= 11;
                lines.add(row(day, "salaries", day.isBefore(PRICE_RISE) ? peak ? "3850.00" : "3100.00" : peak ? "4200.00" : "3350.00", peak ? "Two part-time packers and a seasonal one" : "Two part-time packers"));
            }
            if (day.getDayOfWeek() == DayOfWeek.SUNDAY || day.equals(LAST)) {
                addWeek(lines, orders, day);
            }
        }
        write("costs.csv", lines);
    }

    static void addWeek(List<String> lines, List<Order> orders, LocalDate day) {
        LocalDate monday = day.minusDays(day.getDayOfWeek().getValue() - 1L);
        List<Order> week = orders.stream().filter(o -> o.shipped() && !o.date().isBefore(monday) && !o.date().isAfter(day)).toList();
        double parcel = day.isBefore(LocalDate.of(2026, 1, 1)) ? 3.35 : 3.62;
        double paid = week.stream().mapToDouble(o -> o.paid().doubleValue()).sum();
        lines.add(row(day, "shipping", money(week.size() * parcel), week.size() + " parcels at " + money(parcel)));
        lines.add(row(day, "payment_fees", money(paid * .029 + week.size() * .30), "2.9 % and 0.30 an order"));
        lines.add(row(day, "packaging", money(week.size() * .41), "Cartons and filling"));
    }

    static void writeAdvertising(List<Order> orders) throws IOException {
        List<String> lines = new ArrayList<>(List.of("date,channel,campaign,impressions,clicks,spend,orders"));
        Map<String, Integer> won = new HashMap<>();
        orders.forEach(o -> won.merge(o.channel() + o.date(), 1, Integer::sum));
        for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
            advertise(lines, won, day, "search", "brand-and-category", .026, 8.5, .92);
            advertise(lines, won, day, "social", PROMOTION.has(day) ? "spring-tails" : "video-and-carousel", .011, 9.5, .48);
            advertise(lines, won, day, "marketplace", "sponsored-listings", .019, 7, .55);
            if (day.getDayOfWeek() == DayOfWeek.THURSDAY) {
                advertise(lines, won, day, "email", "weekly-letter", .048, 14, .06);
            }
        }
        write("advertising.csv", lines);
    }

    static void advertise(List<String> lines, Map<String, Integer> won, LocalDate day, String channel, String campaign, double rate, double clicksAnOrder, double costPerClick) {
        int orders = won.getOrDefault(channel + day, 0);
        double usual = Math.min(orders, 40) * .4 + ORDERS_A_DAY * trend(day) * yearly(day) * .12;
        int clicks = poisson(Math.max(4, usual * clicksAnOrder * .62));
        int impressions = (int) (clicks / (rate * (.92 + .16 * RANDOM.nextDouble())));
        double dearer = channel.equals("search") && day.isAfter(LocalDate.of(2026, 5, 31)) ? 1.23 : 1;
        boolean untracked = channel.equals("social") && BROKEN_ADS.has(day);
        lines.add(row(day, channel, campaign, impressions, clicks, money(clicks * costPerClick * dearer), untracked ? 0 : orders));
    }

    static void writeMetrics(List<Order> orders) throws IOException {
        Map<LocalDate, Integer> count = new HashMap<>();
        orders.forEach(o -> count.merge(o.date(), 1, Integer::sum));
        List<String> lines = new ArrayList<>(List.of("date,sessions,bounce_rate,conversion_rate,churn_rate"));
        double churn = 3.9;
        for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
            boolean tired = day.isAfter(LocalDate.of(2026, 8, 31));
            double usual = ORDERS_A_DAY * trend(day) * yearly(day) * weekly(day);
            int sessions = (int) ((usual * (tired ? 1.17 : 1) + (day.equals(SPIKE) ? 120 : 0)) * 40 * (.95 + .10 * RANDOM.nextDouble()));
            double bounce = (SLOW_SITE.has(day) ? 71 : tired ? 52 : 45) + 2.2 * RANDOM.nextGaussian();
            churn += (tired ? .055 : .004 * (4.0 - churn)) + .03 * RANDOM.nextGaussian();
            double conversion = 100.0 * count.getOrDefault(day, 0) / sessions;
            if (!day.equals(TRACKER_OUT)) {
                lines.add(row(day, sessions, money(bounce), money(conversion), money(churn)));
            }
        }
        write("metrics.csv", lines);
    }

    static void writeTargets() throws IOException {
        write("targets.csv", List.of("metric,period,target,unit",
                "revenue,2026-Q3,64000.00,USD", "orders,2026-Q3,2700,orders", "gross_margin,2026-Q3,56.00,percent",
                "conversion_rate,2026-Q3,2.50,percent", "churn_rate,2026-Q3,4.00,percent", "bounce_rate,2026-Q3,45.00,percent", "return_rate,2026-Q3,4.50,percent",
                "revenue,2026-Q4,88000.00,USD", "orders,2026-Q4,3500,orders", "gross_margin,2026-Q4,57.00,percent",
                "conversion_rate,2026-Q4,2.60,percent", "churn_rate,2026-Q4,4.00,percent", "bounce_rate,2026-Q4,44.00,percent", "return_rate,2026-Q4,4.00,percent"));
    }

    // Small things

    static Product bySku(String sku) {
        return PRODUCTS.stream().filter(p -> p.sku().equals(sku)).findFirst().orElseThrow();
    }

    static int poisson(double mean) {
        double limit = StrictMath.exp(-mean);
        double product = RANDOM.nextDouble();
        int n = 0;
        while (product > limit) {
            product *= RANDOM.nextDouble();
            n++;
        }
        return n;
    }

    static BigDecimal money(double amount) {
        return BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_EVEN);
    }

    static String row(Object... cells) {
        StringBuilder line = new StringBuilder();
        for (Object cell : cells) {
            String text = String.valueOf(cell);
            line.append(line.length() == 0 ? "" : ",").append(text.contains(",") ? '"' + text + '"' : text);
        }
        return line.toString();
    }

    static void write(String file, List<String> lines) throws IOException {
        Files.writeString(Path.of(file), String.join("\n", lines) + "\n");
    }
}
