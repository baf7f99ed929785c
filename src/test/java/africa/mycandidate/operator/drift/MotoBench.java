package africa.mycandidate.operator.drift;

import africa.mycandidate.operator.aws.Clients;
import africa.mycandidate.operator.aws.Cloud;
import africa.mycandidate.operator.contract.OverTheWire;
import africa.mycandidate.operator.local.Moto;
import africa.mycandidate.operator.reconcile.Bench;
import java.time.Duration;

/** The operator over moto. Its time is moved ahead, as moto's changes are immediate. */
final class MotoBench extends Bench {
    private final OverTheWire wire;
    private boolean serving;

    MotoBench(OverTheWire wire) {
        super(1);
        this.wire = wire;
        start();
    }

    @Override
    protected Cloud cloud() {
        return wire.cloud();
    }

    @Override
    public Clients clients() {
        return wire.clients();
    }

    @Override
    public void rest(Duration time) {
        wire.pause(time);
        if (!serving && Moto.hasService(clients())) {
            Moto.serve(clients());
            serving = true;
        }
    }
}
