/* As free_locked_reader, but everybody has left when the memory goes. */
/* EXPECT none */
#include "scenario.h"

struct table {
	pthread_rwlock_t readers;
	pthread_spinlock_t spin;
};

static void *read_it(void *argument)
{
	struct table *table = argument;

	pthread_rwlock_rdlock(&table->readers);
	stage_reach(1);
	turn_await(1);
	pthread_rwlock_unlock(&table->readers);
	return NULL;
}

int main(void)
{
	struct table *table = calloc(1, sizeof(*table));
	pthread_t thread;

	pthread_spin_init(&table->spin, PTHREAD_PROCESS_PRIVATE);
	thread = start(read_it, table);
	stage_await(1);
	pthread_rwlock_rdlock(&table->readers);
	pthread_rwlock_unlock(&table->readers);
	pthread_spin_lock(&table->spin);
	pthread_spin_unlock(&table->spin);
	turn_pass(1);
	finish(thread);
	free(table);
	return 0;
}
