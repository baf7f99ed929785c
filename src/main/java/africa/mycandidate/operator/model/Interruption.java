package africa.mycandidate.operator.model;

/** What the users of the site feel while a change happens, mildest first. */
public enum Interruption {
    NONE("None", "nobody notices"),
    RESTART("Restart", "tasks are rolled one after the other; no user notices"),
    FAILOVER("Failover", "about a minute without the database or the cache"),
    REPLACEMENT("Replacement", "a resource that serves is exchanged for another"),
    DATA_LOSS("DataLoss", "data that cannot be had back is lost");

    private final String title;
    private final String words;

    Interruption(String title, String words) {
        this.title = title;
        this.words = words;
    }

    /** As the documentation writes it. */
    public String title() {
        return title;
    }

    /** What it means, for people. */
    public String words() {
        return words;
    }
}
