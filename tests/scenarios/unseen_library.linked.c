/* A flag that can be waited for. */
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

static int flag;

void flag_raise(void);
void flag_await(void);

void flag_raise(void)
{
	__atomic_store_n(&flag, 1, __ATOMIC_RELEASE);
	syscall(SYS_futex, &flag, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

void flag_await(void)
{
	while (!__atomic_load_n(&flag, __ATOMIC_ACQUIRE))
		syscall(SYS_futex, &flag, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
}
