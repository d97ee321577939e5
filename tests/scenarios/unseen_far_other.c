/*
 * The near miss of unseen_far.c: the number that is loaded far before is that of another system
 * call, and that of futex is passed to what is no system call. The second thread only asks. The
 * deadlock can happen.
 */
/* EXPECT lock-order feasible first second */
#include "pair.h"

static int flag;

long far_away(void);
#ifdef __x86_64__
__asm__(".pushsection .text\n"
	".globl far_away\n"
	".type far_away, @function\n"
	"far_away:\n\t"
	".cfi_startproc\n\t"
	"mov $186, %edi\n\t" /* SYS_gettid */
	"jmp 1f\n\t"
	".skip 200, 0xcc\n"
	"1:\n\t"
	"xor %eax, %eax\n\t"
	"jmp syscall@PLT\n\t"
	".cfi_endproc\n\t"
	".size far_away, . - far_away\n"
	".popsection");
#else
long far_away(void)
{
	return syscall(SYS_gettid);
}
#endif

static __attribute__((noinline)) void raise_to(int value)
{
	__atomic_store_n(&flag, value, __ATOMIC_RELEASE);
}

static void *first(void *unused)
{
	take_both(&a, &b); /* @first */
	raise_to(SYS_futex);
	stage_reach(1);
	return unused;
}

static void *second(void *unused)
{
	stage_await(1);
	CHECK(far_away() == gettid());
	CHECK(__atomic_load_n(&flag, __ATOMIC_ACQUIRE) == SYS_futex);
	take_both(&b, &a); /* @second */
	return unused;
}

int main(void)
{
	run_two(first, second);
	return 0;
}
