/*
 * A near miss of join_announced_held.cc: the function that takes the lock and waits for the
 * worker's news also gives up by an exception, with the lock, before it waits. Main catches that
 * and joins the worker all the same, which, held up, comes for the lock when main has it, and waits
 * for its end.
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

static __attribute__((noinline)) void lock_when_done()
{
	lock.lock();
	if (looks++ > 0)
		throw std::runtime_error("given up");
	std::unique_lock<std::mutex> hold(lock, std::adopt_lock);
	while (!done)
		changed.wait(hold);
	hold.release();
}

int main()
{
	pthread_t worker = start(work, nullptr);

	stage_await(1);
	try {
		lock_when_done();
	} catch (const std::exception &) {
		looks--;
	}
	CHECK(pthread_join(worker, nullptr) == 0); // @join
	lock.unlock();
	return 0;
}
