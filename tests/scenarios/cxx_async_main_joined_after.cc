/*
 * A near miss of cxx_async_main_joined.cc: the thread that waits for the end of main with m held is
 * made after the last call that takes m, which main has waited for.
 */
// EXPECT join-order discharged thread-order hold join get take
// THREADS 42
#include "scenario.h"
#include <future>
#include <mutex>

enum { CALLS = 20 };

static std::mutex m;
static pthread_t main_thread;

static void *joiner(void *argument)
{
	m.lock();			 // @hold
	pthread_join(main_thread, NULL); // @join
	m.unlock();
	_exit(0);
	return argument;
}

int main()
{
	main_thread = pthread_self();
	for (int i = 0; i < CALLS; i++)
		std::async(std::launch::async, [] {
			m.lock(); // @take
			m.unlock();
		}).get(); // @get
	start(joiner, NULL);
	for (int i = 0; i < CALLS; i++)
		std::async(std::launch::async, [] {}).get();
	pthread_exit(NULL);
}
