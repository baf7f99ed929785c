package africa.mycandidate.operator.model;

/** What the users of the site feel while a change happens, mildest first. */
public enum Interruption {
    NONE,
    /** Tasks are rolled; no user notices. */
    RESTART,
    /** About a minute without the database or the cache. */
    FAILOVER,
    /** A resource that serves is exchanged for another. */
    REPLACEMENT,
    /** Data that cannot be had back is lost. */
    DATA_LOSS
}
