// A member function that locks is called by another one with the lock held: std::mutex::lock by the
// owner is undefined ([thread.mutex.class]), and waits.
// HANGS
// EXPECT self-deadlock observed first again
// EXPECT relock misuse first again
#include "hang.h"

#include <mutex>

class account
{
      public:
	int balance()
	{
		std::lock_guard<std::mutex> guard(mutex_); // @again

		return balance_;
	}

	void deposit(int amount)
	{
		std::lock_guard<std::mutex> guard(mutex_); // @first

		balance_ = balance() + amount;
	}

      private:
	std::mutex mutex_;
	int balance_ = 0;
};

int main()
{
	static account own;

	own.deposit(1);
	return 0;
}
