/*
 * A circle of a mutex that processes share and records of a file that overlap but are not the same:
 * the parent has bytes 0 to 7 and wants the mutex, the child has the mutex and wants bytes 5 to 14.
 */
/* HANGS 2 */
/* EXPECT deadlock-cycle observed mutex bytes */
/* PROCESSES 2 */
#include "file_scenario.h"
#include "hang.h"
#include "shared_pair.h"

static int lock_bytes(off_t first, off_t length)
{
	struct flock range = {
		.l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = first,
		.l_len = length,
	};

	return fcntl(open_file("data"), F_SETLKW, &range);
}

static void child(void)
{
	pthread_mutex_lock(&shared->a);
	meet_in(&shared->stage, 2);
	lock_bytes(5, 10); /* @bytes */
	pthread_mutex_unlock(&shared->a);
}

int main(void)
{
	pid_t other;

	make_shared();
	other = run(child);
	CHECK(lock_bytes(0, 8) == 0);
	meet_in(&shared->stage, 2);
	pthread_mutex_lock(&shared->a); /* @mutex */
	pthread_mutex_unlock(&shared->a);
	return await_child(other);
}
