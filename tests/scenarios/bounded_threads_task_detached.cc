/*
 * Ten thousand detached threads that each run a std::packaged_task: what makes the result is a once
 * in each, which is gone when main, or the thread, is the last to leave it.
 */
// EXPECT none
// THREADS 10001
// TRACE <=256
#include <future>
#include <mutex>
#include <thread>

static std::mutex m, n;
static long sum;

static int work(int number)
{
	std::lock_guard<std::mutex> guard(m);
	std::lock_guard<std::mutex> inner(n);

	sum += number;
	return number;
}

int main()
{
	for (int i = 0; i < 10000; i++) {
		std::packaged_task<int(int)> task(work);
		auto result = task.get_future();

		std::thread(std::move(task), i).detach();
		if (result.get() != i)
			return 1;
	}
	return 0;
}
