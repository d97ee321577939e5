/*
 * Two processes open the same two named semaphores, which start at 1 and are used as locks, and
 * take them in opposite orders.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 3 */
#include "scenario.h"
#include <fcntl.h>
#include <semaphore.h>
#include <sys/mman.h>

static int *stage;
static sem_t *a, *b;
static char names[2][64];

static void open_semaphores(int flags)
{
	a = sem_open(names[0], flags, 0600, 1);
	b = sem_open(names[1], flags, 0600, 1);
	CHECK(a != SEM_FAILED && b != SEM_FAILED);
}

static void take(sem_t *semaphore)
{
	while (sem_wait(semaphore) != 0)
		CHECK(errno == EINTR);
}

static void a_then_b(void)
{
	take(a);
	take(b); /* @first */
	sem_post(b);
	sem_post(a);
	__atomic_store_n(stage, 1, __ATOMIC_RELEASE);
}

static void b_then_a(void)
{
	stage_await_in(stage, 1);
	take(b);
	take(a); /* @second */
	sem_post(a);
	sem_post(b);
}

static pid_t run(void (*body)(void))
{
	pid_t child = fork();

	if (child == 0) {
		open_semaphores(0);
		body();
		exit(0);
	}
	return child;
}

int main(void)
{
	pid_t one, two;

	stage = mmap(NULL, sizeof(*stage), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		     0);
	CHECK(stage != MAP_FAILED);
	for (int i = 0; i < 2; i++)
		snprintf(names[i], sizeof(names[i]), "/gordian-scenario-%d-%d", (int)getpid(), i);
	open_semaphores(O_CREAT | O_EXCL);
	CHECK(sem_close(a) == 0 && sem_close(b) == 0);
	one = run(a_then_b);
	two = run(b_then_a);
	CHECK(reap(one) == 0);
	CHECK(reap(two) == 0);
	CHECK(sem_unlink(names[0]) == 0 && sem_unlink(names[1]) == 0);
	return 0;
}
