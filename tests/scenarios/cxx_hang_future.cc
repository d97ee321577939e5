/*
 * A promise that nobody keeps: get() waits until the shared state is ready (C++20, 33.10.7), the
 * only thread that has the promise waits for the waiter's end. libstdc++ makes such waits of the
 * kernel's futexes, without the C library.
 */
/* HANGS */
/* EXPECT hang observed get join */
/* ACQUISITIONS >=0 */
/* THREADS 2 */
/* SAYS which nobody is left to wake */
#include "hang.h"
#include <future>
#include <thread>

int main()
{
	std::promise<int> promise;
	std::future<int> promised = promise.get_future();
	std::thread waiter([&] { (void)promised.get(); }); /* @get */

	waiter.join(); /* @join */
	promise.set_value(1);
	return 0;
}
