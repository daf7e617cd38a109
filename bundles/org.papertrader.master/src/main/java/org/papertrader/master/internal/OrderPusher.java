package org.papertrader.master.internal;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.papertrader.link.api.LinkPush;
import org.papertrader.trading.api.OrderListener;

/** Tells the workers of orders that ended, for the clients that subscribed (PRO-8). */
@Component(service = OrderListener.class, property = "side=master")
public final class OrderPusher extends Pusher implements OrderListener {
    @Override
    public void ended(List<EndedOrder> orders) {
        pushEach(orders.stream().map(Notices::of).flatMap(Optional::stream).toList(), LinkPush.Notices::new);
    }
}
