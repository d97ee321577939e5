/*
 * A near miss of join_announced_caught.cc: before it waits, main has something sorted, and what
 * compares throws. So main joins without having waited for the news. Held up, the worker comes for
 * the lock when main has it, and waits for its end.
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
static int numbers[] = {2, 1};

static void *work(void *unused)
{
	std::unique_lock<std::mutex> hold(lock); // @taken
	done = true;
	changed.notify_one();
	hold.unlock();
	stage_reach(1);
	return unused;
}

static int compare(const void *left, const void *right)
{
	if (*static_cast<const int *>(left) != *static_cast<const int *>(right))
		throw std::runtime_error("they are not alike");
	return 0;
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
		qsort(numbers, 2, sizeof(*numbers), compare);
		wait_for_done(hold);
	} catch (const std::exception &) {
		looks--;
	}
	CHECK(pthread_join(worker, nullptr) == 0); // @join
	return 0;
}
