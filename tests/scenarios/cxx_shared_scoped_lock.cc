/*
 * std::scoped_lock takes a mutex and a std::shared_mutex, in the two orders of its arguments: it
 * waits only for the first it takes and tries for the others.
 */
/* EXPECT lock-order discharged try-lock first second */
#include "scenario.h"
#include <mutex>
#include <shared_mutex>
#include <thread>

static std::mutex m;
static std::shared_mutex s;

static void one()
{
	{
		std::scoped_lock both(m, s); // @first
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::scoped_lock both(s, m); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
