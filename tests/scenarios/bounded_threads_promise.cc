/*
 * Ten thousand threads in turn that each run a std::packaged_task, and as many that each keep a
 * promise: what makes the result is a once in each. The trace is not longer than that of a few.
 */
// EXPECT none
// THREADS 20001
// TRACE <=256
#include "scenario.h"
#include <future>
#include <mutex>
#include <thread>

static std::mutex m;
static long sum;

static int work(int number)
{
	std::lock_guard<std::mutex> guard(m);

	sum += number;
	return number;
}

static int by_task(int number)
{
	std::packaged_task<int(int)> task(work);
	auto result = task.get_future();
	std::thread thread(std::move(task), number);

	thread.join();
	return result.get();
}

static int by_promise(int number)
{
	std::promise<int> promise;
	auto result = promise.get_future();
	std::thread thread([&] { promise.set_value(work(number)); });

	thread.join();
	return result.get();
}

int main()
{
	for (int i = 0; i < 10000; i++)
		if (by_task(i) != i)
			return 1;
	for (int i = 0; i < 10000; i++)
		if (by_promise(i) != i)
			return 1;
	return 0;
}
