/*
 * A barrier for no thread at all: POSIX pthread_barrier_init shall fail with EINVAL, and leaves no
 * barrier that could be waited for.
 */
/* EXPECT barrier-misuse misuse act */
/* ACQUISITIONS >=0 */
#include "scenario.h"

static pthread_barrier_t barrier;

int main(void)
{
	CHECK(pthread_barrier_init(&barrier, NULL, 0) == EINVAL); /* @act */
	return 0;
}
