/*
 * Four threads, each with a connection of its own, on one shared cache of a database in memory.
 * Each makes a bounded number of transactions on a table of its own and one on which they meet. The
 * result does not depend on how they meet. Who finds a table locked is told when it may go on
 * (sqlite3_unlock_notify), so nothing depends on time.
 */
#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { THREADS = 4, TRANSACTIONS = 1500, ACCOUNTS = 16 };
#define DATABASE "file::memory:?cache=shared"

struct notice {
	pthread_mutex_t lock;
	pthread_cond_t given_cond;
	bool given;
};

static void give_notice(void **arguments, int count)
{
	for (int i = 0; i < count; i++) {
		struct notice *notice = arguments[i];

		pthread_mutex_lock(&notice->lock);
		notice->given = true;
		pthread_cond_signal(&notice->given_cond);
		pthread_mutex_unlock(&notice->lock);
	}
}

__attribute__((noreturn)) static void give_up(sqlite3 *db, const char *doing)
{
	printf("%s: %s\n", doing, sqlite3_errmsg(db));
	exit(1);
}

/* Waits until whoever has the table lets it go. False: that would be for ever. */
static bool wait_unlocked(sqlite3 *db)
{
	struct notice notice = {.given = false};
	int result;

	pthread_mutex_init(&notice.lock, NULL);
	pthread_cond_init(&notice.given_cond, NULL);
	result = sqlite3_unlock_notify(db, give_notice, &notice);
	if (result == SQLITE_OK) {
		pthread_mutex_lock(&notice.lock);
		while (!notice.given)
			pthread_cond_wait(&notice.given_cond, &notice.lock);
		pthread_mutex_unlock(&notice.lock);
	}
	pthread_cond_destroy(&notice.given_cond);
	pthread_mutex_destroy(&notice.lock);
	return result == SQLITE_OK;
}

/* Runs one statement to its end; the first column of its last row. */
static sqlite3_int64 execute(sqlite3 *db, const char *text)
{
	sqlite3_stmt *statement = NULL;
	sqlite3_int64 value = 0;
	int result;

	while ((result = sqlite3_prepare_v2(db, text, -1, &statement, NULL)) == SQLITE_LOCKED)
		if (!wait_unlocked(db))
			give_up(db, text);
	while (result != SQLITE_DONE) {
		if (result == SQLITE_LOCKED && !wait_unlocked(db))
			give_up(db, text);
		if (result == SQLITE_LOCKED)
			sqlite3_reset(statement);
		else if (result == SQLITE_ROW)
			value = sqlite3_column_int64(statement, 0);
		else if (result != SQLITE_OK)
			give_up(db, text);
		result = sqlite3_step(statement);
	}
	sqlite3_finalize(statement);
	return value;
}

static sqlite3 *connect(void)
{
	sqlite3 *db = NULL;

	if (sqlite3_open_v2(DATABASE, &db,
			    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI |
				    SQLITE_OPEN_FULLMUTEX,
			    NULL) != SQLITE_OK)
		give_up(db, "open");
	sqlite3_extended_result_codes(db, 0);
	return db;
}

/* The write lock is taken first, so that no two transactions wait for each other. */
static void transfer(sqlite3 *db, int number, int turn)
{
	char text[160];

	execute(db, "BEGIN IMMEDIATE");
	snprintf(text, sizeof(text), "UPDATE account SET amount = amount + %d WHERE id = %d",
		 turn % 7 + number, (turn * 5 + number) % ACCOUNTS);
	execute(db, text);
	snprintf(text, sizeof(text), "INSERT INTO journal_%d VALUES (%d)", number, turn);
	execute(db, text);
	execute(db, "COMMIT");
}

static void *work(void *argument)
{
	int number = (int)(long)argument;
	sqlite3 *db = connect();
	char text[80];

	snprintf(text, sizeof(text), "SELECT count(*) FROM journal_%d", number);
	for (int turn = 0; turn < TRANSACTIONS; turn++) {
		transfer(db, number, turn);
		if (execute(db, text) != turn + 1)
			give_up(db, "a row is missing");
	}
	sqlite3_close(db);
	return NULL;
}

static void make_tables(sqlite3 *db)
{
	char text[80];

	execute(db, "CREATE TABLE account (id INTEGER PRIMARY KEY, amount INTEGER)");
	for (int id = 0; id < ACCOUNTS; id++) {
		snprintf(text, sizeof(text), "INSERT INTO account VALUES (%d, 0)", id);
		execute(db, text);
	}
	for (int number = 0; number < THREADS; number++) {
		snprintf(text, sizeof(text), "CREATE TABLE journal_%d (turn INTEGER)", number);
		execute(db, text);
	}
}

int main(void)
{
	sqlite3 *db = connect();
	pthread_t threads[THREADS];
	char text[80];

	make_tables(db);
	for (long number = 0; number < THREADS; number++)
		if (pthread_create(&threads[number], NULL, work, (void *)number))
			return 2;
	for (int number = 0; number < THREADS; number++)
		pthread_join(threads[number], NULL);
	for (int id = 0; id < ACCOUNTS; id++) {
		snprintf(text, sizeof(text), "SELECT amount FROM account WHERE id = %d", id);
		printf("account %d: %lld\n", id, execute(db, text));
	}
	printf("total %lld\n", execute(db, "SELECT sum(amount) FROM account"));
	sqlite3_close(db);
	return 0;
}
