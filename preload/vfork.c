/*
 * vfork. Its child is another process in its parent's memory, with the same stack and the same
 * thread-local variables, until it execs or ends: what it does is not the trace's to tell. Which of
 * the two it is, a thread knows without asking the kernel, which a filter may forbid (confined.h).
 *
 * A wrapper would return twice through its own frame. So this is what the C library's function is
 * (a system call, and the return address kept in a register meanwhile), with a note of who returns.
 */
#include "recorder.h"

#include <errno.h>
#include <unistd.h>

__thread int32_t recorder_vforked __attribute__((used));

#if defined(__x86_64__)

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
	"	.cfi_endproc\n"
	".size vfork, .-vfork\n"
	".size __vfork, .-__vfork\n");

#endif
