package africa.mycandidate.operator.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The site is whole without it. While AWS refuses to change this field, that is told and tried again now and then, and the stack is ready all the same: nobody waits
 * for it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Dispensable {}
