/*
 * Usage: sqlite READS. Four threads, each with its own connection to one shared cache in memory,
 * look rows up by their key. SQLite takes several mutexes inside one another for every step.
 */
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

enum { THREADS = 4, ROWS = 1000 };

static const char query[] = "SELECT sum(length(value)) FROM rows WHERE id BETWEEN ?1 AND ?1 + 4";
static const char database[] = "file:benchmark?mode=memory&cache=shared";
static unsigned long reads = 100000; /* of each thread */

static void check(sqlite3 *connection, int result)
{
	if (result == SQLITE_OK || result == SQLITE_DONE)
		return;
	fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(connection));
	exit(1);
}

static sqlite3 *connect_shared(void)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI |
			  SQLITE_OPEN_SHAREDCACHE | SQLITE_OPEN_FULLMUTEX;
	sqlite3 *connection;

	check(NULL, sqlite3_open_v2(database, &connection, flags, NULL));
	return connection;
}

static void *look_up(void *seed)
{
	sqlite3 *connection = connect_shared();
	unsigned key = *(const unsigned *)seed;
	sqlite3_stmt *statement;

	check(connection, sqlite3_prepare_v2(connection, query, -1, &statement, NULL));
	for (unsigned long i = 0; i < reads; i++) {
		key = key * 1103515245 + 12345;
		sqlite3_bind_int(statement, 1, (int)(key >> 8) % ROWS);
		if (sqlite3_step(statement) != SQLITE_ROW)
			check(connection, sqlite3_errcode(connection));
		sqlite3_reset(statement);
	}
	sqlite3_finalize(statement);
	sqlite3_close(connection);
	return NULL;
}

static sqlite3 *fill(void)
{
	sqlite3 *connection = connect_shared();
	char insert[80];

	check(connection, sqlite3_exec(connection,
				       "CREATE TABLE rows (id INTEGER PRIMARY KEY, value TEXT);"
				       "BEGIN",
				       NULL, NULL, NULL));
	for (int i = 0; i < ROWS; i++) {
		snprintf(insert, sizeof(insert), "INSERT INTO rows VALUES (%d, 'row %d')", i, i);
		check(connection, sqlite3_exec(connection, insert, NULL, NULL, NULL));
	}
	check(connection, sqlite3_exec(connection, "COMMIT", NULL, NULL, NULL));
	return connection;
}

int main(int argc, char **argv)
{
	unsigned seeds[THREADS];
	pthread_t threads[THREADS];
	sqlite3 *keeper;

	if (argc > 1)
		reads = strtoul(argv[1], NULL, 10);
	keeper = fill();
	for (unsigned i = 0; i < THREADS; i++) {
		seeds[i] = i + 1;
		if (pthread_create(&threads[i], NULL, look_up, &seeds[i]))
			return 1;
	}
	for (unsigned i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	sqlite3_close(keeper);
	return 0;
}
