/*
 * The parent waits for its child with a mutex held that processes share, and the child wants it:
 * each waits for the other.
 */
/* HANGS 1 */
/* KILLED */
/* EXPECT deadlock-cycle observed await want */
/* PROCESSES 2 */
#include "hang.h"
#include "shared_pair.h"

static void take(void)
{
	pthread_mutex_lock(&shared->a); /* @want */
	pthread_mutex_unlock(&shared->a);
}

int main(void)
{
	make_shared();
	pthread_mutex_lock(&shared->a);
	await_child(run(take)); /* @await */
	pthread_mutex_unlock(&shared->a);
	return 0;
}
