/*
 * A semaphore that has its largest value is posted: it fails with EOVERFLOW (POSIX sem_post), and
 * the program looks away.
 */
/* EXPECT sem-overflow misuse act */
/* ACQUISITIONS 0 */
#include "scenario.h"

#include <limits.h>
#include <semaphore.h>

static sem_t s;

int main(void)
{
	sem_init(&s, 0, SEM_VALUE_MAX);
	sem_post(&s); /* @act */
	return 0;
}
