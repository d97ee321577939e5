/*
 * Two pools of one class, each with a mutex and a thread: what is wrong in the class is one bug,
 * and the threads are of one class, too: they were created at the same place.
 */
/* EXPECT join-order potential hold join take */
/* INSTANCES 2 */
#include "scenario.h"
#include <mutex>
#include <thread>

class pool
{
      public:
	pool() : thread([this] { work(); })
	{
	}
	void stop()
	{
		std::lock_guard<std::mutex> guard(m); // @hold
		thread.join();			      // @join
	}

      private:
	void work()
	{
		{
			std::lock_guard<std::mutex> guard(m); // @take
		}
		stage_advance();
	}
	std::mutex m;
	std::thread thread;
};

int main()
{
	pool *one = new pool, *two = new pool;

	stage_await(2);
	one->stop();
	two->stop();
	delete one;
	delete two;
}
