package org.papertrader.relay.internal;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.papertrader.gate.Gate;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.link.api.MasterLink;
import org.papertrader.model.Caller;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.PayloadCodec;
import org.papertrader.protocol.api.Request;

/** Requests to the master over the link, and its payloads decoded: what every relayed service is made of. */
@Component(service = MasterCalls.class)
public final class MasterCalls {
    private final Gate<MasterLink> linkGate = new Gate<>("link to the master");
    private final Gate<PayloadCodec> codecGate = new Gate<>("payload codec");

    @Activate
    public MasterCalls() {}

    @Reference(
            name = "link",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindLink(MasterLink link, Map<String, Object> properties) {
        linkGate.bind(link, properties);
    }

    void unbindLink(MasterLink link) {
        linkGate.unbind(link);
    }

    @Reference(
            name = "codec",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindCodec(PayloadCodec codec, Map<String, Object> properties) {
        codecGate.bind(codec, properties);
    }

    void unbindCodec(PayloadCodec codec) {
        codecGate.unbind(codec);
    }

    /** Forwards a client's request. Fails as {@link MasterLink#send} does. */
    CompletionStage<LinkReply> forward(Caller caller, Request request) {
        return send(new LinkRequest(caller, new LinkRequest.Call.Forward(request)));
    }

    /** Sends a request. Fails as {@link MasterLink#send} does, and when there is no link bundle. */
    CompletionStage<LinkReply> send(LinkRequest request) {
        return linkGate.callAsync(link -> link.send(request));
    }

    boolean isUp() {
        return linkGate.isServed() && linkGate.call(MasterLink::isUp);
    }

    /** Decodes the payload that answers a request. */
    DecodeResult<Payload> decode(Request request, byte[] payload) {
        return codecGate.call(codec -> codec.decode(request.instruction(), payload));
    }

    /** Encodes a payload with the newest codec; the answer's number says which. */
    Encoded encode(Payload payload) {
        return codecGate.call(codec -> new Encoded(codec.version(), codec.encode(payload)));
    }

    /** A payload in the form of one protocol version. */
    record Encoded(int version, byte[] bytes) {}
}
