/*
 * The handler leaves through siglongjmp, and the code that goes on takes a lock, deep down the
 * stack. That is no handler any more: the mask is as it was, and nothing is interrupted. The lock
 * is taken at other places too with the signal open, which is nobody's business.
 */
/* EXPECT none */
#include "scenario.h"
#include <setjmp.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sigjmp_buf back;
static volatile int count;

static void on_signal(int number)
{
	siglongjmp(back, number);
}

static int descend(int depth)
{
	char room[256];

	memset(room, depth, sizeof(room));
	if (depth > 0)
		return descend(depth - 1) + room[depth];
	pthread_mutex_lock(&m);
	count++;
	pthread_mutex_unlock(&m);
	return room[0];
}

int main(void)
{
	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	for (volatile int i = 0; i < 20; i++) {
		if (sigsetjmp(back, 1) == 0)
			raise(SIGUSR1);
		descend(i);
	}
	pthread_mutex_lock(&m);
	count++;
	pthread_mutex_unlock(&m);
	CHECK(count == 21);
	return 0;
}
