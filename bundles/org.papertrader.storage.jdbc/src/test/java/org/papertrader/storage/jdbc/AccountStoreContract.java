package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.AccountId;
import org.papertrader.model.Email;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.AccountStore;
import org.papertrader.storage.api.AccountStore.Added;
import org.papertrader.storage.api.AccountStore.Lock;
import org.papertrader.storage.api.AccountStore.NewAccount;
import org.papertrader.storage.api.AccountStore.Selection;
import org.papertrader.storage.api.AccountStore.StoredAccount;

/** What every {@link AccountStore} in SQL does. */
public abstract class AccountStoreContract extends StorageContract {
    private AccountStore accounts;

    @BeforeEach
    final void pick() {
        accounts = storage.accounts();
    }

    @Test
    @Tag("DS-1")
    void keepsAnAccountOverAReopening() {
        AccountId id = add("Ann", "Ann@example.org", "$argon2id$hash");

        reopen();

        StoredAccount expected =
                new StoredAccount(id, new UserName("Ann"), new Email("Ann@example.org"), "$argon2id$hash", NOW, null);
        assertThat(storage.accounts().find(new UserName("aNN"))).contains(expected);
        assertThat(storage.accounts().find(id)).contains(expected);
        assertThat(storage.accounts().find(new AccountId(id.value() + 1))).isEmpty();
        assertThat(storage.accounts().count()).isEqualTo(1);
    }

    @Test
    void keepsAnAccountWithoutPassword() {
        AccountId id = add("bob", "bob@example.org", null);

        assertThat(accounts.find(id).orElseThrow().passHash()).isNull();
        assertThat(accounts.replacePassHash(id, "", "new")).isFalse();
    }

    @Test
    void numbersGrow() {
        assertThat(add("a", "a@example.org", null).value())
                .isLessThan(add("b", "b@example.org", null).value());
    }

    @Test
    void refusesANameOrAddressInAnyCase() {
        add("Ann", "ann@example.org", null);

        assertThat(accounts.add(account("ANN", "other@example.org", null))).isEqualTo(new Added.UserNameTaken());
        assertThat(accounts.add(account("other", "ANN@EXAMPLE.ORG", null))).isEqualTo(new Added.EmailTaken());
        assertThat(accounts.count()).isEqualTo(1);
    }

    @Test
    void letsExactlyOneOfSeveralAtOnceHaveAName() throws Exception {
        for (int round = 0; round < 20; round++) {
            String name = "name" + round;
            AtomicInteger number = new AtomicInteger();
            List<Added> results = atOnce(
                    4, () -> accounts.add(account(name, number.incrementAndGet() + name + "@example.org", null)));

            assertThat(results).filteredOn(Added.Ok.class::isInstance).hasSize(1);
            assertThat(results)
                    .filteredOn(Added.UserNameTaken.class::isInstance)
                    .hasSize(3);
        }
    }

    @Test
    void replacesAPasswordHashOnlyWhileItIsTheExpectedOne() {
        AccountId id = add("ann", "ann@example.org", "one");

        assertThat(accounts.replacePassHash(id, "other", "two")).isFalse();
        assertThat(accounts.replacePassHash(id, "one", "two")).isTrue();
        assertThat(accounts.replacePassHash(id, "one", "three")).isFalse();
        assertThat(accounts.find(id).orElseThrow().passHash()).isEqualTo("two");
    }

    @Test
    void isOnDiskWhenTheCallReturns() {
        long before = storage.ledger().syncs();

        AccountId id = add("ann", "ann@example.org", "one");

        assertThat(storage.ledger().syncs()).isEqualTo(before + 1);
        accounts.lock(id, new Lock(NOW, ""));
        assertThat(storage.ledger().syncs()).isEqualTo(before + 2);
        accounts.unlock(id);
        assertThat(storage.ledger().syncs()).isEqualTo(before + 3);
    }

    @Test
    void keepsALockOverAReopeningAndTakesItAway() {
        AccountId id = add("ann", "ann@example.org", "one");
        Lock lock = new Lock(NOW, "spam");

        assertThat(accounts.lock(id, new Lock(NOW.minusSeconds(1), "before"))).isTrue();
        assertThat(accounts.lock(id, lock)).isTrue();
        assertThat(accounts.lock(new AccountId(id.value() + 1), lock)).isFalse();
        reopen();

        accounts = storage.accounts();
        assertThat(accounts.find(id).orElseThrow().lock()).isEqualTo(lock);
        assertThat(accounts.unlock(id)).isTrue();
        assertThat(accounts.unlock(id)).isFalse();
        assertThat(accounts.find(id).orElseThrow().lock()).isNull();
    }

    /** As an operator had to do it before there was a command. */
    @Test
    void knowsALockWithoutTimeAndReason() throws SQLException {
        AccountId id = add("ann", "ann@example.org", "one");
        tamper("UPDATE account SET locked = TRUE");

        assertThat(accounts.find(id).orElseThrow().lock()).isEqualTo(new Lock(null, ""));
    }

    @Test
    void listsAccountsByNamePageByPage() {
        for (String name : List.of("Carol", "a_b", "ann", "a-b", "axb", "Ann2")) {
            add(name, name + "@example.org", null);
        }
        accounts.lock(accounts.find(new UserName("ann2")).orElseThrow().id(), new Lock(NOW, ""));

        assertThat(names(Selection.ALL, 100)).containsExactly("a-b", "a_b", "ann", "Ann2", "axb", "Carol");
        assertThat(names(Selection.ALL, 2)).containsExactly("a-b", "a_b");
        assertThat(names(new Selection("", false, new UserName("A_B")), 2)).containsExactly("ann", "Ann2");
        assertThat(names(new Selection("A_", false, null), 9)).containsExactly("a_b");
        assertThat(names(new Selection("an", false, new UserName("ann")), 9)).containsExactly("Ann2");
        assertThat(names(new Selection("", true, null), 9)).containsExactly("Ann2");
        assertThat(names(new Selection("x", false, null), 9)).isEmpty();
    }

    @Test
    void refusesToListNoneAndMoreThanIsListed() {
        Selection all = new Selection("", false, null);

        assertThatThrownBy(() -> accounts.list(all, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(accounts.list(all, 100_000)).isEmpty();
        // Fewer than were asked for would be taken for all.
        assertThatThrownBy(() -> accounts.list(all, 100_001)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> names(Selection selection, int limit) {
        return accounts.list(selection, limit).stream()
                .map(account -> account.userName().value())
                .toList();
    }

    private AccountId add(String name, String email, String passHash) {
        return ((Added.Ok) accounts.add(account(name, email, passHash))).id();
    }

    private static NewAccount account(String name, String email, String passHash) {
        return new NewAccount(new UserName(name), new Email(email), passHash, NOW);
    }
}
