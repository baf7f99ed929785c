package africa.mycandidate.operator.resource;

/**
 * How a resource is deleted.
 *
 * @param finalSnapshot whether a last snapshot of data is taken
 */
public record Deletion(boolean finalSnapshot) {}
