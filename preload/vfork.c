/*
 * vfork. Its child is another process in its parent's memory, with the same stack and the same
 * thread-local variables, until it execs or ends: what it does is not the trace's to tell. Which of
 * the two it is, a thread knows without asking the kernel, which a filter may forbid (confined.h).
 *
 * A wrapper would return twice through its own frame. So this is what the C library's function is
 * (a system call, and the return address kept in a register meanwhile), with a note of who returns.
 * Where another library has a vfork in front of the C library's, as AddressSanitizer's runtime has,
 * which must see what the child does to the stack, that one is called as if this were not here.
 */
#include "real.h"
#include "recorder.h"

#include <errno.h>
#include <gnu/libc-version.h>
#include <unistd.h>

__thread int32_t recorder_vforked __attribute__((used));

#if defined(__x86_64__)

static void *find_other(void)
{
	void *next = real_lookup("vfork", NULL);
	bool other = next && real_object(next) &&
		     !real_same_object(next, (void *)(uintptr_t)&gnu_get_libc_version);

	return other ? next : NULL;
}

/* What is called instead; NULL: nothing. Read by the assembler below. */
static void *other_vfork __attribute__((used));

static void find_early(void)
{
	other_vfork = find_other();
}

static void (*const early_entry_vfork)(void)
	__attribute__((used, section("gordian_early"))) = find_early;

/* For the assembler below: a call that failed. */
__attribute__((used)) static int vfork_failed(int error)
{
	errno = error;
	return -1;
}

/* The child runs first; what it has noted, its parent undoes. */
__asm__(".text\n"
	".p2align 4\n"
	".globl vfork\n"
	".globl __vfork\n"
	".type vfork, @function\n"
	".type __vfork, @function\n"
	"vfork:\n"
	"__vfork:\n"
	"	.cfi_startproc\n"
	"	movq other_vfork(%rip), %rax\n"
	"	testq %rax, %rax\n"
	"	jnz 3f\n"
	"	movq recorder_vforked@gottpoff(%rip), %rsi\n"
	"	movl %fs:(%rsi), %edx\n"
	"	popq %rdi\n"
	"	.cfi_adjust_cfa_offset -8\n"
	"	.cfi_register %rip, %rdi\n"
	"	movl $58, %eax\n" /* vfork */
	"	syscall\n"
	"	pushq %rdi\n"
	"	.cfi_adjust_cfa_offset 8\n"
	"	.cfi_offset %rip, -8\n"
	"	testl %eax, %eax\n"
	"	jz 1f\n"
	"	js 2f\n"
	"	movl %edx, %fs:(%rsi)\n"
	"	ret\n"
	"1:	movl $1, %fs:(%rsi)\n"
	"	ret\n"
	"2:	movl %eax, %edi\n"
	"	negl %edi\n"
	"	jmp vfork_failed\n"
	"3:	jmp *%rax\n"
	"	.cfi_endproc\n"
	".size vfork, .-vfork\n"
	".size __vfork, .-__vfork\n");

#endif
