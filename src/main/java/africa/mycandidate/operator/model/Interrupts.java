package africa.mycandidate.operator.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What users feel when this field of an existing resource changes; {@link Interruption#NONE} where a field has no such mark. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Interrupts {
    Interruption value();
}
