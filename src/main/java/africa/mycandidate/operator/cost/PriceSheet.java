package africa.mycandidate.operator.cost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * AWS's list prices, as far as a source shows them: the file {@code prices.tsv} beside this class, with the source of each and the day on which it was read.
 * No price is computed from another one. Where a region's own is not known, that of us-east-1 stands for it, and whoever uses it says so.
 */
public final class PriceSheet {
    /** Whose prices are known best. */
    static final String REFERENCE = "us-east-1";

    private static final int COLUMNS = 6;

    private final Map<String, Price> prices;
    private final String date;

    private PriceSheet(Map<String, Price> prices, String date) {
        this.prices = Map.copyOf(prices);
        this.date = date;
    }

    /** The one that is part of the operator. */
    public static PriceSheet shipped() {
        try (var file = PriceSheet.class.getResourceAsStream("prices.tsv")) {
            return of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param text lines of region, item, unit, price in US dollars, source and day, with tabs between them, below a heading */
    static PriceSheet of(String text) {
        var prices = new HashMap<String, Price>();
        var latest = "";
        for (var line : text.lines().skip(1).toList()) {
            var cells = line.split("\t");
            if (cells.length != COLUMNS) throw new IllegalArgumentException("not " + COLUMNS + " columns: " + line);
            var price = new Price(cells[0], cells[1], cells[2], new BigDecimal(cells[3]));
            if (prices.put(slot(price.region(), price.item()), price) != null)
                throw new IllegalArgumentException("a second price: " + line);
            if (cells[5].compareTo(latest) > 0) latest = cells[5];
        }
        return new PriceSheet(prices, latest);
    }

    /** When it was last read, as YYYY-MM-DD. */
    String date() {
        return date;
    }

    /** The price in this region, or else that of us-east-1. */
    Optional<Price> price(String region, String item) {
        return Optional.ofNullable(prices.getOrDefault(slot(region, item), prices.get(slot(REFERENCE, item))));
    }

    /** Whether the price of the one is the better known: the region's own before that of us-east-1, and at the same place the first. */
    boolean prefers(String region, String one, String other) {
        for (var place : List.of(region, REFERENCE)) {
            if (prices.containsKey(slot(place, one))) return true;
            if (prices.containsKey(slot(place, other))) return false;
        }
        return true;
    }

    private static String slot(String region, String item) {
        return region + " " + item;
    }
}
