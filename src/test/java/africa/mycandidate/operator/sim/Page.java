package africa.mycandidate.operator.sim;

import java.util.List;

/** One page of a listing. The marker is the place to go on from, null on the last page. */
record Page<T>(List<T> items, String marker) {

    static <T> Page<T> of(List<T> all, String marker, Integer size, int usual) {
        var from = marker == null ? 0 : Integer.parseInt(marker);
        var to = Math.min(all.size(), from + (size == null ? usual : size));
        return new Page<>(
                List.copyOf(all.subList(Math.min(from, to), to)), to < all.size() ? Integer.toString(to) : null);
    }
}
