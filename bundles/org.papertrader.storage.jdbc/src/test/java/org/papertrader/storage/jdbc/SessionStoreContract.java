package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.AccountId;
import org.papertrader.model.SessionId;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.SessionHash;
import org.papertrader.storage.api.SessionStore;
import org.papertrader.storage.api.SessionStore.StoredSession;
import org.papertrader.storage.api.SessionStore.Touch;

/** What every {@link SessionStore} in SQL does. */
public abstract class SessionStoreContract extends StorageContract {
    @Test
    @Tag("DS-2")
    void keepsASessionOverAReopening() throws Exception {
        StoredSession four = session(1, 7, "192.0.2.1", NOW);
        StoredSession six = session(2, 8, "2001:db8::1", NOW);
        storage.sessions().add(four);
        storage.sessions().add(six);

        reopen();

        assertThat(storage.sessions().find(four.hash())).contains(four);
        assertThat(storage.sessions().find(six.hash())).contains(six);
        assertThat(storage.sessions().find(hash(3))).isEmpty();
    }

    @Test
    void listsTheSessionsOfOneAccountOldestFirst() throws Exception {
        StoredSession later = session(1, 7, "192.0.2.1", NOW.plusSeconds(9));
        StoredSession earlier = session(2, 7, "192.0.2.1", NOW);
        storage.sessions().add(later);
        storage.sessions().add(earlier);
        storage.sessions().add(session(3, 8, "192.0.2.1", NOW));

        assertThat(storage.sessions().ofAccount(new AccountId(7))).containsExactly(earlier, later);
    }

    @Test
    void notesTheUseOfKnownSessions() throws Exception {
        storage.sessions().add(session(1, 7, "192.0.2.1", NOW));

        storage.sessions()
                .touch(List.of(
                        new Touch(hash(1), NOW.plusSeconds(1), NOW.plusSeconds(2)), new Touch(hash(9), NOW, NOW)));

        StoredSession touched = storage.sessions().find(hash(1)).orElseThrow();
        assertThat(touched.lastUsed()).isEqualTo(NOW.plusSeconds(1));
        assertThat(touched.expires()).isEqualTo(NOW.plusSeconds(2));
        assertThat(storage.sessions().find(hash(9))).isEmpty();
    }

    @Test
    void endsSessions() throws Exception {
        storage.sessions().add(session(1, 7, "192.0.2.1", NOW));
        storage.sessions().add(session(2, 7, "192.0.2.1", NOW));

        storage.sessions().remove(List.of(hash(1), hash(9)));
        storage.sessions().remove(List.of());

        assertThat(storage.sessions().find(hash(1))).isEmpty();
        assertThat(storage.sessions().find(hash(2))).isPresent();
    }

    @Test
    void endsWhatHasExpiredAThousandACall() throws Exception {
        for (int i = 0; i < 1_001; i++) {
            storage.sessions().add(session(i, 7, "192.0.2.1", NOW));
        }
        storage.sessions().add(session(5_000, 7, "192.0.2.1", NOW.plusSeconds(3_600)));
        Instant when = NOW.plus(Duration.ofMinutes(31));

        assertThat(storage.sessions().removeExpired(NOW)).isEmpty();
        assertThat(storage.sessions().removeExpired(when)).hasSize(1_000);
        assertThat(storage.sessions().removeExpired(when)).hasSize(1);
        assertThat(storage.sessions().removeExpired(when)).isEmpty();
        assertThat(storage.sessions().find(hash(5_000))).isPresent();
    }

    @Test
    void endsEachExpiredSessionForOneCallerOnly() throws Exception {
        IntStream.range(0, 200).forEach(i -> storage.sessions().add(session(i, 7, "192.0.2.1", NOW)));

        List<List<SessionHash>> ended = atOnce(4, () -> storage.sessions().removeExpired(NOW.plus(Duration.ofDays(1))));

        assertThat(ended.stream().flatMap(List::stream)).hasSize(200).doesNotHaveDuplicates();
    }

    private static StoredSession session(int number, long account, String address, Instant created) {
        try {
            return new StoredSession(
                    hash(number),
                    new AccountId(account),
                    new UserName("Ann"),
                    created,
                    created,
                    created.plus(Duration.ofMinutes(30)),
                    number % 2 == 0,
                    InetAddress.getByName(address));
        } catch (java.net.UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }

    private static SessionHash hash(int number) {
        byte[] id = new byte[SessionId.LENGTH];
        id[0] = (byte) number;
        id[1] = (byte) (number >> 8);
        return SessionHash.of(SessionId.of(id));
    }
}
