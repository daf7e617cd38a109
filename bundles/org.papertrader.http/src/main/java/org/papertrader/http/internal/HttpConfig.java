package org.papertrader.http.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the HTTP port. */
@ObjectClassDefinition(
        name = "HTTP",
        description = "Where machines ask a running program for its health; read only, without a login")
@interface HttpConfig {
    @AttributeDefinition(description = "Whether there is an HTTP port at all")
    boolean enabled() default true;

    @AttributeDefinition(description = "Address to listen on; whoever reaches it can read everything that is there")
    String address() default "127.0.0.1";

    @AttributeDefinition(description = "Port; 0: any free one, see the address file", min = "0", max = "65535")
    int port() default 0;

    @AttributeDefinition(description = "File that has the address while it listens")
    String addressFile() default "data/http";
}
