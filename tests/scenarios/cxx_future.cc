/*
 * Promises, packaged tasks and async, with values and exceptions. libstdc++ sets a shared state by
 * std::call_once on a flag inside of it: a once for each, on the heap, that is gone with it.
 */
/* EXPECT none */
/* OUTPUT 4950 broken 100 thrown */
#include "scenario.h"
#include <future>
#include <mutex>
#include <thread>

static std::mutex m;

static int work(int value)
{
	std::scoped_lock guard(m);

	if (value < 0)
		throw std::runtime_error("negative");
	return value;
}

int main()
{
	int sum = 0, thrown = 0;
	const char *broken = "";

	for (int i = 0; i < 100; i++) {
		std::promise<int> promise;
		std::future<int> promised = promise.get_future();
		std::packaged_task<int(int)> task(work);
		std::future<int> done = task.get_future();
		std::jthread setter([&] { promise.set_value(work(i)); });
		std::jthread doer([&] { task(-1); });

		sum += promised.get();
		try {
			done.get();
		} catch (const std::runtime_error &) {
			thrown++;
		}
	}
	try {
		std::future<int> never = std::promise<int>().get_future();

		never.get();
	} catch (const std::future_error &error) {
		if (error.code() == std::future_errc::broken_promise)
			broken = "broken";
	}
	CHECK(std::async(std::launch::async, work, 7).get() == 7);
	CHECK(std::async(std::launch::deferred, work, 7).get() == 7);
	printf("%d %s %d thrown\n", sum, broken, thrown);
}
