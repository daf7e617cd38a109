package org.papertrader.itests.platform;

/** What users do to a running platform, again and again, from several threads at once. */
@FunctionalInterface
interface Load {

    /**
     * Makes one request and checks its reply.
     *
     * @throws Exception when the request failed
     */
    void request() throws Exception;
}
