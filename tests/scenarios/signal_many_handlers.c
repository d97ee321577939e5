/*
 * More handlers than the recorder tells apart: sixty-five signals times several functions. Each is
 * called, and each is reported as the old one.
 */
/* EXPECT none */
#include "scenario.h"

enum { FUNCTIONS = 4 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static volatile int called[FUNCTIONS];

#define HANDLER(number_) \
	static void handler_##number_(int number) \
	{ \
		called[number_] += number; \
	}
HANDLER(0)
HANDLER(1)
HANDLER(2)
HANDLER(3)

int main(void)
{
	static const sighandler_t functions[FUNCTIONS] = {handler_0, handler_1, handler_2,
							  handler_3};
	int sum = 0;

	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	for (int number = SIGRTMIN; number <= SIGRTMAX; number++) {
		sighandler_t old = SIG_DFL;

		sum += number;
		for (int i = 0; i < FUNCTIONS; i++) {
			CHECK(signal(number, functions[i]) == old);
			CHECK(raise(number) == 0);
			CHECK(called[i] == sum);
			old = functions[i];
		}
	}
	return 0;
}
