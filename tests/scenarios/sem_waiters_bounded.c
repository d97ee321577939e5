/* Twenty thousand semaphores of one place on which threads only waited: the trace does not grow. */
/* EXPECT none */
/* TRACE <=1024 */
#include "waiters.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
	wait_often(20000, &mutex);
	return 0;
}
