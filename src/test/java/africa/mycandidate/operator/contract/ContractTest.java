package africa.mycandidate.operator.contract;

/** The contract against the simulated AWS. */
class ContractTest extends Contract {
    @Override
    Backend start() {
        return new Simulated();
    }
}
