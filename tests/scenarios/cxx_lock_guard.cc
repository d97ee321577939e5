/*
 * Two std::lock_guard in opposite orders. std::mutex is neither initialised nor destroyed by a
 * call; it is a pthread mutex all the same.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 3 */
/* ACQUISITIONS 4 */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex a, b;

static void one()
{
	{
		std::lock_guard<std::mutex> outer(a);
		std::lock_guard<std::mutex> inner(b); // @first
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::lock_guard<std::mutex> outer(b);
	std::lock_guard<std::mutex> inner(a); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
