package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BundleMetatypeTest {
    private static final String TEXT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0">
              <OCD id="a.Config" name="A">
                <AD id="port" type="Integer" default="-1" min="0" max="65535"/>
                <AD id="symbols" type="String" cardinality="2147483647" default="*"/>
              </OCD>
              <OCD id="b.Config" name="B">
                <AD id="name" type="String"/>
              </OCD>
              <Designate pid="a"><Object ocdref="a.Config"/></Designate>
              <Designate factoryPid="b"><Object ocdref="b.Config"/></Designate>
            </metatype:MetaData>
            """;

    @Test
    void readsWhatBndWrites() throws Exception {
        Map<String, Map<String, Attribute>> byPid = new HashMap<>();

        BundleMetatype.read(new ByteArrayInputStream(TEXT.getBytes(StandardCharsets.UTF_8)), byPid);

        assertThat(byPid).containsOnlyKeys("a", "b");
        assertThat(byPid.get("a"))
                .containsEntry(
                        "port",
                        new Attribute(
                                "port",
                                "Integer",
                                false,
                                "-1",
                                BigDecimal.ZERO,
                                new BigDecimal("65535"),
                                List.of(),
                                ""))
                .containsEntry("symbols", new Attribute("symbols", "String", true, "*", null, null, List.of(), ""));
        assertThat(byPid.get("b")).containsOnlyKeys("name");
    }
}
