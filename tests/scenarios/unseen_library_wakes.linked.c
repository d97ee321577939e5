/* A flag that can be asked for. */
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

static int flag;

void flag_raise(void);
int flag_ask(void);

void flag_raise(void)
{
	__atomic_store_n(&flag, SYS_futex, __ATOMIC_RELEASE);
	syscall(SYS_futex, &flag, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

int flag_ask(void)
{
	return __atomic_load_n(&flag, __ATOMIC_ACQUIRE) + (int)syscall(SYS_gettid) > SYS_futex;
}
