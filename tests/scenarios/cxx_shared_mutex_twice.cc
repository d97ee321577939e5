/*
 * std::shared_mutex::lock_shared by the thread that holds it for writing: undefined in C++;
 * libstdc++ throws what the C library reports (EDEADLK).
 */
/* EXPECT rwlock-upgrade misuse cause act */
/* OUTPUT refused */
#include "scenario.h"
#include <mutex>
#include <shared_mutex>
#include <system_error>

static std::shared_mutex lock;

int main()
{
	std::unique_lock<std::shared_mutex> writing(lock); // @cause

	try {
		std::shared_lock<std::shared_mutex> reading(lock); // @act
	} catch (const std::system_error &error) {
		if (error.code() == std::errc::resource_deadlock_would_occur)
			puts("refused");
	}
}
