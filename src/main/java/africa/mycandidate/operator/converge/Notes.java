package africa.mycandidate.operator.converge;

import africa.mycandidate.operator.model.Key;
import java.util.Set;

/** Where intents are noted before the first create of something that has neither name nor token. They are a shortcut, not the proof: losing them costs a minute. */
public interface Notes {
    /** Of no process before this one, and for none after it. */
    Notes NONE = new Notes() {
        @Override
        public Set<Key> intents() {
            return Set.of();
        }

        @Override
        public boolean lost() {
            return false;
        }

        @Override
        public void intend(Set<Key> keys) {}
    };

    /** What an earlier process, or an earlier pass, noted. */
    Set<Key> intents();

    /** Whether the status is empty although the object is older than the read lag: then nobody knows what was made. */
    boolean lost();

    /** Writes the intents; throws where they could not be written, and then nothing is created. */
    void intend(Set<Key> keys);
}
