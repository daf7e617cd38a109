package org.papertrader.shell.ssh.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may log in: two files, read anew at each login, so that what is taken out of them is out at once. */
final class Credentials {
    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
    private static final long FILE_BYTES_MAX = 1 << 20;
    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> READABLE_BY_OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private final Path authorizedKeys;
    private final Path passwords;

    Credentials(Path authorizedKeys, Path passwords) {
        this.authorizedKeys = authorizedKeys;
        this.passwords = passwords;
    }

    /** Whether anybody could log in at all. */
    boolean isAnyConfigured() {
        return Files.isRegularFile(authorizedKeys) || Files.isRegularFile(passwords);
    }

    @Override
    public String toString() {
        return authorizedKeys + " and " + passwords;
    }

    /** The comment of the authorized key that this is, the fingerprint where it has none; empty when it is none. */
    Optional<String> keyOf(PublicKey key) {
        try {
            for (String line : lines(authorizedKeys, WRITABLE_BY_OTHERS)) {
                AuthorizedKeyEntry entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(line);
                if (entry != null
                        && KeyUtils.compareKeys(key, entry.resolvePublicKey(null, PublicKeyEntryResolver.IGNORING))) {
                    String comment = entry.getComment();
                    return Optional.of(KeyUtils.getFingerPrint(key)
                            + (comment == null || comment.isBlank() ? "" : " " + comment.strip()));
                }
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            LOG.warn("{} cannot be used: {}", authorizedKeys, e.toString());
        }
        return Optional.empty();
    }

    /** Whether the user has this password. */
    boolean isPassword(String user, String password) {
        String hash = "";
        try {
            for (String line : lines(passwords, union())) {
                int colon = line.indexOf(':');
                if (colon > 0 && line.substring(0, colon).equals(user)) {
                    hash = line.substring(colon + 1).strip();
                }
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be used: {}", passwords, e.toString());
        }
        // An unknown user costs the same time as a wrong password.
        char[] typed = password.toCharArray();
        return PasswordHash.fits(hash.isEmpty() ? PasswordHash.OF_NOBODY : hash, typed) && !hash.isEmpty();
    }

    private static Set<PosixFilePermission> union() {
        List<PosixFilePermission> all = new ArrayList<>(WRITABLE_BY_OTHERS);
        all.addAll(READABLE_BY_OTHERS);
        return Set.copyOf(all);
    }

    private static List<String> lines(Path file, Set<PosixFilePermission> forbidden) throws IOException {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
            if (forbidden.contains(permission)) {
                throw new IOException(
                        "others may " + (permission.name().endsWith("WRITE") ? "write" : "read") + " it: chmod 600 it");
            }
        }
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new IOException("larger than " + FILE_BYTES_MAX + " bytes");
        }
        return Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }
}
