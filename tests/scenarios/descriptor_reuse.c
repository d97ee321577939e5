/*
 * The program closes all descriptors that it does not know, as daemons do, after it has taken
 * locks, and then opens a file of its own under each of the numbers that are free now. Whoever
 * remembered one of the old numbers would read from these files or write to them. It makes many
 * new situations, some of them below a function without unwind information, as hand-written
 * assembly often is (where a stack unwinder has to ask the system which memory it may read). Its
 * files stay as they are, and their positions too.
 */
/* EXPECT none */
/* OUTPUT untouched */
#include "scenario.h"
#include <sys/mman.h>

enum { FILES = 8, COUNT = 300 };

static pthread_mutex_t locks[COUNT];

/* Recurses, so that each lock has another stack below it. */
__attribute__((noinline)) static int descend(int depth)
{
	int result = 0;

	pthread_mutex_lock(&locks[depth]);
	if (depth + 1 < COUNT)
		result = descend(depth + 1) + 1;
	pthread_mutex_unlock(&locks[depth]);
	return result;
}

#ifdef __x86_64__
void call_without_unwind_information(void (*function)(void));

__asm__(".text\n"
	".type call_without_unwind_information, @function\n"
	"call_without_unwind_information:\n"
	"	push %rbp\n"
	"	mov %rsp, %rbp\n"
	"	sub $4096, %rsp\n"
	"	call *%rdi\n"
	"	leave\n"
	"	ret\n"
	".size call_without_unwind_information, . - call_without_unwind_information\n");
#else
static void call_without_unwind_information(void (*function)(void))
{
	function();
}
#endif

static void take_all(void)
{
	CHECK(descend(0) == COUNT - 1);
}

static void take_one(void)
{
	pthread_mutex_lock(&locks[0]);
	pthread_mutex_unlock(&locks[0]);
}

static void *work(void *argument)
{
	take_all();
	call_without_unwind_information(take_one);
	call_without_unwind_information(take_all);
	return argument;
}

int main(void)
{
	int files[FILES];
	char text[16];

	finish(start(work, NULL));
	closefrom(3);
	for (int i = 0; i < FILES; i++) {
		files[i] = memfd_create("own", 0);
		CHECK(files[i] == 3 + i);
		CHECK(write(files[i], "untouched", 10) == 10);
		CHECK(lseek(files[i], 0, SEEK_SET) == 0);
	}
	work(NULL);
	finish(start(work, NULL));
	for (int i = 0; i < FILES; i++) {
		CHECK(lseek(files[i], 0, SEEK_CUR) == 0);
		CHECK(lseek(files[i], 0, SEEK_END) == 10);
		CHECK(pread(files[i], text, sizeof(text), 0) == 10);
		CHECK(strcmp(text, "untouched") == 0);
	}
	puts("untouched");
	return 0;
}
