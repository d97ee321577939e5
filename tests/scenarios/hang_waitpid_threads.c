/*
 * The parent waits for its child with a mutex held that processes share; a thread of the child
 * wants it, and the others wait for that one. The child would end with its main thread.
 */
/* HANGS 2 */
/* EXPECT hang observed await want join */
/* PROCESSES 2 */
#include "hang.h"
#include "shared_pair.h"

static void *take(void *argument)
{
	pthread_mutex_lock(&shared->a); /* @want */
	pthread_mutex_unlock(&shared->a);
	return argument;
}

static void child(void)
{
	pthread_join(start(take, NULL), NULL); /* @join */
}

int main(void)
{
	make_shared();
	pthread_mutex_lock(&shared->a);
	await_child(run(child)); /* @await */
	pthread_mutex_unlock(&shared->a);
	return 0;
}
