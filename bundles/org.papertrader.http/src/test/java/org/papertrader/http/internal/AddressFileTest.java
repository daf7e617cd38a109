package org.papertrader.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressFileTest {
    @TempDir
    private Path folder;

    @Test
    void onlyTheOwnerReadsIt() throws Exception {
        Path path = folder.resolve("new/http");
        AddressFile file = new AddressFile(path);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "of a program that crashed");
        file.write("http://127.0.0.1:1");
        assertThat(path).hasContent("http://127.0.0.1:1\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(path.getParent()).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void eachTakesAwayItsOwnOnly() throws Exception {
        Path path = folder.resolve("http");
        AddressFile file = new AddressFile(path);
        file.write("http://127.0.0.1:2");
        file.remove("http://127.0.0.1:1");
        assertThat(path).exists();
        file.remove("http://127.0.0.1:2");
        assertThat(path).doesNotExist();
        file.remove("http://127.0.0.1:2");
    }

    @Test
    void theUrlIsOneThatThisMachineReaches() throws Exception {
        assertThat(url("127.0.0.1")).isEqualTo("http://127.0.0.1:80");
        assertThat(url("0.0.0.0")).isEqualTo("http://127.0.0.1:80");
        assertThat(url("::1")).isEqualTo("http://[0:0:0:0:0:0:0:1]:80");
        assertThat(url("192.0.2.1")).isEqualTo("http://192.0.2.1:80");
    }

    private static String url(String address) throws Exception {
        return AddressFile.url(new InetSocketAddress(InetAddress.getByName(address), 80));
    }
}
