/*
 * C++20 semaphores that two threads hand to each other, each starting where the other one ends;
 * each also takes a mutex while it has the turn.
 */
// EXPECT none
#include <mutex>
#include <semaphore>
#include <thread>

static std::mutex m;
static std::binary_semaphore ping(1), pong(0);

static void play(std::binary_semaphore &mine, std::binary_semaphore &other)
{
	for (int i = 0; i < 50; i++) {
		mine.acquire();
		std::lock_guard<std::mutex> guard(m);
		other.release();
	}
}

int main()
{
	std::thread one([] { play(ping, pong); }), two([] { play(pong, ping); });

	one.join();
	two.join();
	return 0;
}
