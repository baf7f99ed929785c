package africa.mycandidate.operator.contract;

/** The contract against moto, an AWS emulator of other people's making, over the wire: the simulated AWS is not judge in its own cause. */
class ContractIT extends Contract {
    @Override
    Backend start() {
        return new OverTheWire();
    }
}
