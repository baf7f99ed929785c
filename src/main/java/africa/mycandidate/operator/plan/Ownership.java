package africa.mycandidate.operator.plan;

import africa.mycandidate.operator.model.Key;
import africa.mycandidate.operator.model.Observed;
import africa.mycandidate.operator.model.Owner;
import africa.mycandidate.operator.stack.Stack;
import java.util.List;
import java.util.Optional;

/** Whose a part of the stack is: nothing is done to what belongs to another object, or to a newer operator. */
record Ownership(Stack stack, Claims claims) {
    /** A resource with our stack's tag that belongs to another object (a second cluster, or one that was lost), or that a newer operator has drawn. */
    Optional<Step> refusal(Key key) {
        var newer = claims.candidates(key).stream()
                .filter(Claims::exists)
                .filter(one -> one.owner() instanceof Owner.Stack of && Stack.isNewer(of.version()))
                .findFirst()
                .map(one -> new Step.Refuse(
                        key,
                        one.id() + " was made by a newer version of the operator; this older one leaves it alone."
                                + " Run the newer operator again",
                        List.of()));
        if (newer.isPresent()) return Optional.of(newer.get());
        return claims.candidates(key).stream()
                .filter(Claims::exists)
                .filter(one -> one.owner() instanceof Owner.Stack of && !stack.owns(of.uid()))
                .findFirst()
                .map(one -> new Step.Refuse(key, others(one, (Owner.Stack) one.owner()), List.of()));
    }

    private String others(Observed<?> one, Owner.Stack owner) {
        if (!owner.stack().equals(stack.identity().stack()))
            return one.id() + " belongs to the stack " + owner.stack()
                    + "; nothing is done to it. Take it out of spec.adopt, or let that object go with deletionPolicy: Retain first";
        return one.id() + " belongs to another object of the same name, with the UID " + owner.uid()
                + "; nothing is done to it. If that object is lost or given up, annotate this one with"
                + " mycandidate.africa/take-over: " + owner.uid();
    }
}
