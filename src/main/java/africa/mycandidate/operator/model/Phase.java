package africa.mycandidate.operator.model;

/** Where a resource stands in its life, reduced to what a plan needs: may others build on it, and does AWS take changes to it. */
public enum Phase {
    /** Not there yet: nothing can be built on it, AWS takes no change. */
    CREATING(false, false),
    /** Not there yet, and it may stay so: it waits for somebody else. It can be changed and deleted meanwhile. */
    PENDING(false, true),
    /** In use while AWS works on it; further changes are refused until it is done. */
    BUSY(true, false),
    /** In use and changing over to a new version; AWS takes changes. */
    ROLLING(true, true),
    /** It does its work and comes to its end by itself, as a one-off task does. */
    RUNNING(false, true),
    READY(true, true),
    /** In use while AWS looks after it of its own accord (a backup): settled, but it takes no change now. */
    TENDED(true, false),
    /** AWS gave up on it. It can be deleted, and not be used. */
    FAILED(false, true),
    DELETING(false, false),
    /** Scheduled for deletion: absent for everybody, but its own stack can have it back. */
    RESTORABLE(false, true),
    /** A tombstone that AWS still lists: absent. */
    GONE(false, false);

    private final boolean usable;
    private final boolean mutable;

    Phase(boolean usable, boolean mutable) {
        this.usable = usable;
        this.mutable = mutable;
    }

    /** Whether dependents may be built on it. */
    public boolean usable() {
        return usable;
    }

    /** Whether AWS takes changes of it now. */
    public boolean mutable() {
        return mutable;
    }

    /** Whether it is on its way to another phase by itself, so that looking again soon is worth a call. */
    public boolean moving() {
        return this == CREATING
                || this == PENDING
                || this == BUSY
                || this == ROLLING
                || this == RUNNING
                || this == DELETING;
    }
}
