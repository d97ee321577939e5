/*
 * The near miss of come_late_cxx.cc: ready is false in the file, but is made true before main
 * begins.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

#include <condition_variable>
#include <mutex>

static std::mutex a, b, m;
static std::condition_variable changed;
static bool ready = getpid() > 0;

static void *one(void *argument)
{
	{
		std::lock_guard<std::mutex> outer(a);
		std::lock_guard<std::mutex> inner(b); /* @first */
	}
	{
		std::lock_guard<std::mutex> lock(m);
		ready = true;
	}
	changed.notify_one();
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	{
		std::unique_lock<std::mutex> lock(m);
		changed.wait(lock, [] { return ready; });
	}
	std::lock_guard<std::mutex> outer(b);
	std::lock_guard<std::mutex> inner(a); /* @second */
	return argument;
}

int main()
{
	run_two(one, two);
	return 0;
}
