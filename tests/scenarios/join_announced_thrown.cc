/*
 * A near miss of join_announced_caught.cc: the function that waits for the worker's news also gives
 * up by an exception, which main catches before it joins the worker all the same. The worker, held
 * up, comes for the lock when main has it, and waits for its end.
 *
 * Potential: the worker signals, and whether main acts upon what it then finds is not recorded.
 */
/* EXPECT join-order potential taken join */
#include "scenario.h"

#include <condition_variable>
#include <mutex>
#include <stdexcept>

static std::mutex lock;
static std::condition_variable changed;
static bool done;
static int looks;

static void *work(void *unused)
{
	std::unique_lock<std::mutex> hold(lock); // @taken
	done = true;
	changed.notify_one();
	hold.unlock();
	stage_reach(1);
	return unused;
}

static __attribute__((noinline)) void wait_for_done(std::unique_lock<std::mutex> &hold)
{
	if (looks++ > 0)
		throw std::runtime_error("given up");
	while (!done)
		changed.wait(hold);
}

int main()
{
	pthread_t worker = start(work, nullptr);

	stage_await(1);
	std::unique_lock<std::mutex> hold(lock);
	try {
		wait_for_done(hold);
	} catch (const std::exception &) {
		looks--;
	}
	CHECK(pthread_join(worker, nullptr) == 0); // @join
	return 0;
}
