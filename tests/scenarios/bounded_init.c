/*
 * Two hundred thousand mutexes, one after the other, each initialised, taken and destroyed: what
 * they leave in the trace does not grow with their number.
 */
/* EXPECT none */
/* ACQUISITIONS 200000 */
/* TRACE <=256 */
#include "scenario.h"

int main(void)
{
	for (int i = 0; i < 200000; i++) {
		pthread_mutex_t m;

		CHECK(pthread_mutex_init(&m, NULL) == 0);
		pthread_mutex_lock(&m);
		pthread_mutex_unlock(&m);
		CHECK(pthread_mutex_destroy(&m) == 0);
	}
	return 0;
}
