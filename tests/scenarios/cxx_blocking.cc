/*
 * std::this_thread::sleep_for in the scope of a lock_guard; and in one where it is not.
 */
/* EXPECT blocking-under-lock misuse call held */
#include <chrono>
#include <mutex>
#include <thread>

static std::mutex m;

static void use()
{
	std::lock_guard<std::mutex> guard(m);
}

int main()
{
	{
		std::lock_guard<std::mutex> guard(m);			     // @held
		std::this_thread::sleep_for(std::chrono::milliseconds(150)); // @call
	}
	std::this_thread::sleep_for(std::chrono::milliseconds(150));
	std::thread(use).join();
	return 0;
}
