/*
 * Like join_announced_late_cxx.cc. Main would catch what came out of the function that waits for
 * the worker's news, but this throws nothing: what follows is done when there is news, and only
 * then.
 */
/* EXPECT join-order discharged sync-order taken join */
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
	looks++;
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
