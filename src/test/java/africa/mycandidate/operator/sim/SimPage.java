package africa.mycandidate.operator.sim;

import java.util.List;

/** One page of a list. The marker is the number of items before the page; it is null after the last page. */
record SimPage<T>(List<T> items, String next) {
    static <T> SimPage<T> of(List<T> all, String marker, Integer asked, int most) {
        var from = marker == null ? 0 : Math.min(all.size(), Integer.parseInt(marker));
        var to = Math.min(all.size(), from + (asked == null ? most : Math.min(asked, most)));
        return new SimPage<>(all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
    }
}
