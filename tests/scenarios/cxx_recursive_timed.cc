/*
 * A recursive_timed_mutex is entered again while another lock is held: it is the thread's own
 * already. One side waits for a bounded time only.
 */
/* EXPECT lock-order discharged timed first second */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::recursive_timed_mutex a;
static std::timed_mutex b;

static void one()
{
	{
		std::lock_guard<std::recursive_timed_mutex> outer(a);
		CHECK(b.try_lock_for(std::chrono::hours(1))); // @first
		CHECK(a.try_lock_until(std::chrono::steady_clock::now()));
		a.unlock();
		b.unlock();
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::lock_guard<std::timed_mutex> outer(b);
	std::lock_guard<std::recursive_timed_mutex> inner(a); // @second
}

int main()
{
	std::jthread first(one);
	std::jthread second(two);
}
