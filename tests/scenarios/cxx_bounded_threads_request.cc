/*
 * An object with a std::mutex and a std::condition_variable, and a thread, for each of ten thousand
 * requests, the later ones detached: the first to use these is now the one, now the other. The object
 * is gone when the last of both has left it.
 */
/* EXPECT none */
/* THREADS 10001 */
/* TRACE <=256 */
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

struct request {
	std::mutex mutex;
	std::condition_variable changed;
	bool done = false;
};

static std::mutex statistics, totals;

static void serve(std::shared_ptr<request> request)
{
	{
		std::lock_guard<std::mutex> counted(statistics);
		std::lock_guard<std::mutex> summed(totals);
	}
	std::lock_guard<std::mutex> guard(request->mutex);

	request->done = true;
	request->changed.notify_one();
}

int main()
{
	for (int i = 0; i < 10000; i++) {
		auto made = std::make_shared<request>();
		std::thread thread(serve, made);

		if (i >= 5000)
			thread.detach();
		{
			std::unique_lock<std::mutex> lock(made->mutex);

			made->changed.wait(lock, [&] { return made->done; });
		}
		if (thread.joinable())
			thread.join();
	}
}
