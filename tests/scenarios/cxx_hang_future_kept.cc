/*
 * The near miss of cxx_hang_future.cc: the promise is kept before the join, after longer than
 * hang_timeout; the thread that keeps it sleeps meanwhile.
 */
/* EXPECT none */
/* THREADS 2 */
#include "hang.h"
#include <future>
#include <thread>

int main()
{
	std::promise<int> promise;
	std::future<int> promised = promise.get_future();
	std::thread waiter([&] { CHECK(promised.get() == 1); });

	take_a_lock();
	nap(3000);
	promise.set_value(1);
	waiter.join();
	return 0;
}
