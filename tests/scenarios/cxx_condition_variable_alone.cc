/*
 * The near miss of cxx_condition_variable.cc: a wait with nothing else held, with a time limit
 * that runs out, and one without that is ended by a signal.
 */
/* EXPECT none */
#include "scenario.h"
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

static std::mutex outer, m;
static std::condition_variable changed;
static bool ready;

static void one()
{
	std::lock_guard<std::mutex> first(m);
	std::lock_guard<std::mutex> second(outer);
	ready = true;
	changed.notify_all();
}

static void two()
{
	std::unique_lock<std::mutex> waiting(m);

	changed.wait_for(waiting, std::chrono::milliseconds(5), [] { return false; });
	changed.wait(waiting, [] { return ready; });
	std::lock_guard<std::mutex> second(outer);
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
