/*
 * The only thread waits for a semaphore, without a limit and for longer than hang_timeout, and has
 * no children. But the semaphore lies in a file, and who opens that file and maps it can post it
 * (POSIX, sem_init: "any process that can access the semaphore"). A process does that which has
 * nothing to do with this one any more, and is recorded only from then on.
 */
/* EXPECT none */
/* PROCESSES 3 */
#include "hang.h"

#include <semaphore.h>
#include <sys/mman.h>

static sem_t *map(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	sem_t *mapped;

	CHECK(fd >= 0);
	mapped = mmap(NULL, sizeof(*mapped), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	CHECK(mapped != MAP_FAILED);
	close(fd);
	return mapped;
}

static void post_later(const char *path)
{
	nap(3500);
	CHECK(sem_post(map(path)) == 0);
	CHECK(unlink(path) == 0);
	exit(0);
}

int main(void)
{
	char path[] = "/tmp/gordian-semaphore-XXXXXX";
	int fd = mkstemp(path);
	pid_t child;
	sem_t *go;

	take_a_lock();
	CHECK(fd >= 0 && ftruncate(fd, sizeof(*go)) == 0);
	go = map(path);
	CHECK(sem_init(go, 1, 0) == 0);
	child = fork();
	if (child == 0) {
		if (fork() == 0)
			post_later(path);
		_exit(0);
	}
	CHECK(reap(child) == 0);
	CHECK(sem_wait(go) == 0);
	return 0;
}
