package africa.mycandidate.operator.contract;

import africa.mycandidate.operator.aws.Clients;
import java.time.Duration;
import java.time.InstantSource;

/** An AWS on which the contract is tried, and how time passes there. */
public interface Backend extends AutoCloseable {
    String REGION = "af-south-1";

    Clients clients();

    InstantSource clock();

    /** Lets time pass between two looks. */
    void pause(Duration time);

    /** How many looks a change may take. */
    int patience();

    /** What it cannot do although AWS can. */
    Exceptions exceptions();

    @Override
    void close();
}
