package africa.mycandidate.operator.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What holds for a type of AWS resource as a whole. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AwsType {

    /** How a resource gives way to another one where an immutable field differs. */
    enum Replacement {
        /** The new one beside the old one, then the switch, then the old one goes. */
        CREATE_FIRST,
        /** AWS does not allow both at once (an equal CIDR, an equal name). */
        DELETE_FIRST,
        /** It holds data, or others hold on to it: refused. */
        NEVER
    }

    /** How AWS keeps a repeated create from making a second one. */
    enum Uniqueness {
        /** By a unique name. */
        NAME,
        /** By a client token. */
        TOKEN,
        /** Not at all: a VPC, an internet gateway, an elastic IP. */
        NEITHER
    }

    Replacement replacement() default Replacement.CREATE_FIRST;

    Uniqueness uniqueness() default Uniqueness.NAME;

    /** The longest name that AWS takes, in characters; 0 for a type without a name of its own. */
    int nameLength() default 0;

    /** Whether the name carries a hash of the immutable fields, so that a successor can stand beside it. */
    boolean generation() default false;

    /**
     * The name by which {@code spec.allowDataLoss} knows it, for a type that holds data that cannot be had back: where such a resource is missing although others
     * were built on it, it is not made anew. Empty for a type that holds none.
     */
    String data() default "";

    /** What it means to users that one is made. */
    Interruption creation() default Interruption.NONE;

    /** Whether it takes tags. */
    boolean tagged() default true;

    /** Whether its tags are read back and kept; where not, they are those of its creation, and it belongs to whom its parent belongs. */
    boolean tagsShown() default true;

    /** Whether AWS lists it only at a place ({@link Resource#place}), not for the whole account and region. */
    boolean placed() default false;

    /**
     * Whether only an optional block of the spec asks for it. An operator that may not even list such resources has made none, so where the spec does not ask for
     * it, that it cannot be read keeps nothing else waiting.
     */
    boolean optional() default false;

    /** Whether it counts for others how long it has been as it is ({@link Snapshot#age}). */
    boolean aged() default false;

    /** How long its creation usually takes, for people: {@code "12 min"}; empty for seconds. */
    String usually() default "";

    /** For how many seconds it is only looked at now and then, as no creation takes less. */
    int seldomBefore() default 0;
}
