/*
 * The pages with a mutex are moved elsewhere by mremap, and others are mapped where they were.
 */
/* EXPECT none */
#include "scenario.h"
#include <sys/mman.h>

static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *handed;

/* Takes the lock it is handed in the first turn, under `other`. */
static void *worker(void *argument)
{
	turn_await(1);
	pthread_mutex_lock(&other);
	pthread_mutex_lock(handed);
	pthread_mutex_unlock(handed);
	pthread_mutex_unlock(&other);
	turn_pass(2);
	return argument;
}

static void hand_over(pthread_mutex_t *m)
{
	handed = m;
	turn_pass(1);
	turn_await(2);
}

static void take_outside(pthread_mutex_t *m)
{
	pthread_mutex_lock(m);
	pthread_mutex_lock(&other);
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(m);
}

enum { SIZE = 64 << 10, PLACE = 5000 * 8 };

static char *map(void *where, int flags)
{
	char *pages = mmap(where, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags,
			   -1, 0);

	CHECK(pages != MAP_FAILED);
	return pages;
}

static pthread_mutex_t *make(char *pages)
{
	pthread_mutex_t *m = (pthread_mutex_t *)(pages + PLACE);

	*m = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	return m;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);
	char *pages = map(NULL, 0), *room = map(NULL, 0);

	hand_over(make(pages));
	CHECK(mremap(pages, SIZE, SIZE, MREMAP_MAYMOVE | MREMAP_FIXED, room) == room);
	CHECK(map(pages, MAP_FIXED_NOREPLACE) == pages);
	take_outside(make(pages));
	finish(thread);
	return 0;
}
