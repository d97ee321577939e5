/*
 * The near miss of cxx_call_once_throws.cc: m is taken before the function throws, and once more
 * by a destructor on the way out, still in the once.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex m;
static std::once_flag once;
static int runs;

__attribute__((noinline)) static void take()
{
	std::lock_guard<std::mutex> guard(m); // @first
}

struct goodbye {
	~goodbye()
	{
		take();
	}
};

static void initialise()
{
	std::call_once(once, [] {
		goodbye said;

		if (runs++ == 0)
			throw 1;
	});
}

static void one()
{
	try {
		initialise();
	} catch (int) {
		stage_reach(1);
	}
}

static void two()
{
	stage_await(1);
	m.lock();
	m.unlock();
	/* Runs it again, so that the once is complete: with m it would wait for itself. */
	initialise();
	stage_reach(2);
}

static void three()
{
	stage_await(2);
	std::lock_guard<std::mutex> guard(m);
	initialise(); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);
	std::thread third(three);

	first.join();
	second.join();
	third.join();
}
