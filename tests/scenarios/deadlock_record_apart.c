/*
 * The near miss of deadlock_record_overlap.c: the records lie apart.
 */
/* EXPECT none */
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
	CHECK(lock_bytes(8, 7) == 0);
	pthread_mutex_unlock(&shared->a);
}

int main(void)
{
	pid_t other;

	make_shared();
	other = run(child);
	CHECK(lock_bytes(0, 8) == 0);
	meet_in(&shared->stage, 2);
	pthread_mutex_lock(&shared->a);
	pthread_mutex_unlock(&shared->a);
	return reap(other);
}
