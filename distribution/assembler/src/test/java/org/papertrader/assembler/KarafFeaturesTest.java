package org.papertrader.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KarafFeaturesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws Exception {
        Files.writeString(folder.resolve("core.json"), """
            {"id":"g:core:1", "bundles":[{"id":"g.h:x:2","start-order":44},{"id":"g:n:jar:linux:3","start-order":20}]}
            """);
        Files.writeString(folder.resolve("master.json"), """
            {"id":"g:master:1", "description":"a & b", "variables":{"port":2048}, "bundles":["g:m:1"],
             "configurations":{"org.x~one":{
               "port:Integer":"${port}", "limit":5, "file":"${papertrader.data}/k", "t":"(side=master)", "l":["a b","c"]}}}
            """);
    }

    @Test
    void writesEachFeatureWithWhatItNeedsAndConfigures() throws Exception {
        String xml = KarafFeatures.xml(folder, List.of("core=scr", "master=papertrader-core,x"), KarafFeatures::maven);

        assertThat(xml).isEqualTo("""
            <?xml version="1.0" encoding="UTF-8"?>
            <features xmlns="http://karaf.apache.org/xmlns/features/v1.6.0" name="papertrader">
              <feature name="papertrader-core" version="1" description="">
                <feature>scr</feature>
                <bundle start-level="82">mvn:g/n/3/jar/linux</bundle>
                <bundle start-level="84">mvn:g.h/x/2</bundle>
              </feature>
              <feature name="papertrader-master" version="1" description="a &amp; b">
                <feature>papertrader-core</feature>
                <feature>x</feature>
                <config name="org.x~one">
                  port = I&quot;2048&quot;
                  limit = L&quot;5&quot;
                  file = &quot;${karaf.data}/papertrader/k&quot;
                  t = &quot;(side\\=master)&quot;
                  l = [ &quot;a\\ b&quot;, &quot;c&quot; ]
                </config>
                <bundle start-level="85">mvn:g/m/1</bundle>
              </feature>
            </features>
            """);
    }

    @Test
    void namesTheFilesOfABuildInASecondFile() throws Exception {
        KarafFeatures.write(folder, folder.resolve("to"), folder.resolve("from"), List.of("core"));

        assertThat(folder.resolve("to/features.xml")).content().contains(">mvn:g.h/x/2<");
        assertThat(folder.resolve("to/local.xml"))
                .content()
                .contains(">" + folder.resolve("from/g/h/x/2/x-2.jar").toUri() + "<")
                .doesNotContain("mvn:");
    }

    @Test
    void refusesATypeThatItCannotWrite() throws Exception {
        Files.writeString(folder.resolve("odd.json"), """
            {"id":"g:odd:1", "bundles":[], "configurations":{"p":{"k:Double":"1"}}}
            """);

        assertThatThrownBy(() -> KarafFeatures.xml(folder, List.of("odd"), KarafFeatures::maven))
                .isInstanceOf(AssemblyException.class)
                .hasMessageContaining("k:Double");
    }
}
