/*
 * An object with a lock, and a thread, for each of ten thousand requests: the thread takes the
 * lock, and another one inside it, and is joined; the object is gone when the last of both has left
 * it.
 */
/* EXPECT none */
/* THREADS 10001 */
/* TRACE <=256 */
#include <memory>
#include <mutex>
#include <thread>

struct request {
	std::mutex mutex;
	int answer = 0;
};

static std::mutex statistics;

static void serve(std::shared_ptr<request> request)
{
	std::lock_guard<std::mutex> guard(request->mutex);
	std::lock_guard<std::mutex> counted(statistics);

	request->answer++;
}

int main()
{
	for (int i = 0; i < 10000; i++) {
		auto made = std::make_shared<request>();
		std::thread thread(serve, made);

		thread.join();
	}
}
