/*
 * Two processes, two named semaphores that are made with the value 1, in opposite orders. Each
 * process has taken and posted both before: they are locks.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed one two */
/* PROCESSES 2 */
#include "hang.h"

#include <semaphore.h>
#include <sys/mman.h>

static sem_t *a, *b;
static int *met;

static sem_t *make(const char *what)
{
	char name[64];
	sem_t *made;

	snprintf(name, sizeof(name), "/gordian-%s-%d", what, getpid());
	made = sem_open(name, O_CREAT | O_EXCL, 0600, 1);
	CHECK(made != SEM_FAILED);
	CHECK(sem_unlink(name) == 0);
	return made;
}

static void use(sem_t *semaphore)
{
	CHECK(sem_wait(semaphore) == 0);
	CHECK(sem_post(semaphore) == 0);
}

static void one(void)
{
	use(a);
	use(b);
	meet_in(met, 2);
	CHECK(sem_wait(a) == 0);
	meet_in(met, 4);
	CHECK(sem_wait(b) == 0); /* @one */
	sem_post(b);
	sem_post(a);
}

static void two(void)
{
	use(a);
	use(b);
	meet_in(met, 2);
	CHECK(sem_wait(b) == 0);
	meet_in(met, 4);
	CHECK(sem_wait(a) == 0); /* @two */
	sem_post(a);
	sem_post(b);
}

int main(void)
{
	pid_t child;

	met = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(met != MAP_FAILED);
	a = make("a");
	b = make("b");
	child = fork();
	if (child == 0) {
		two();
		exit(0);
	}
	one();
	return await_child(child);
}
