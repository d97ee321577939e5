/* Objects are freed, reallocated and unmapped after their mutexes were given back. */
/* EXPECT none */
#include "scenario.h"
#include <sys/mman.h>

int main(void)
{
	pthread_mutex_t *one = calloc(1, sizeof(*one)), *two = calloc(1, sizeof(*two));
	pthread_mutex_t *three =
		mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	pthread_mutex_lock(one);
	pthread_mutex_unlock(one);
	free(one);
	pthread_mutex_lock(two);
	pthread_mutex_unlock(two);
	free(realloc(two, 100000));
	pthread_mutex_lock(three);
	pthread_mutex_unlock(three);
	munmap(three, 4096);
	return 0;
}
