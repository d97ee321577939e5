/*
 * C++20 semaphores: a binary one used as a lock, always inside the mutex, and a counting one that
 * limits how many are in a section. All in one order.
 */
// EXPECT none
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

static std::mutex m;
static std::binary_semaphore lock(1);
static std::counting_semaphore<4> seats(2);
static int total;

static void work()
{
	for (int i = 0; i < 100; i++) {
		seats.acquire();
		{
			std::lock_guard<std::mutex> guard(m);
			lock.acquire();
			total++;
			lock.release();
		}
		seats.release();
	}
}

int main()
{
	std::vector<std::thread> threads;

	for (int i = 0; i < 4; i++)
		threads.emplace_back(work);
	for (auto &thread : threads)
		thread.join();
	return total == 400 ? 0 : 1;
}
