/*
 * The rules about what is wrong by itself: locks used as they must not be, memory used without. The
 * text is data for people, as in rules_waits.c.
 */
#include "rules_table.h"

/* clang-format off */
const struct rule rules_of_misuse[] = {
	{
		.name = "unlock-not-owner",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "A thread unlocks a mutex that another thread holds.",
		.text = "Only the thread that locked a mutex may unlock it. With a normal mutex the\n"
			"behaviour is undefined; in practice the lock is simply released under the\n"
			"feet of the thread that believes to hold it, and two threads are in the\n"
			"critical section at once.\n"
			"\n"
			"    thread 1                        thread 2\n"
			"    pthread_mutex_lock(&m);\n"
			"                                    pthread_mutex_unlock(&m);\n"
			"\n"
			"How to fix it: let the thread that locked unlock. To hand something over to\n"
			"another thread, or to wake it up, use a semaphore or a condition variable.\n",
	},
	{
		.name = "unlock-unlocked",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "A mutex is unlocked that nobody holds.",
		.text = "The mutex was not locked at that moment: unlocked twice, or never locked on\n"
			"this path. The behaviour is undefined. In practice a normal mutex is left in\n"
			"a state in which it may let two threads in.\n"
			"\n"
			"    pthread_mutex_lock(&m);\n"
			"    if (failed)\n"
			"            pthread_mutex_unlock(&m);     and no return\n"
			"    pthread_mutex_unlock(&m);\n"
			"\n"
			"How to fix it: make every path through the function lock and unlock exactly\n"
			"once; a single exit, or std::lock_guard in C++, does.\n",
	},
	{
		.name = "relock",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "A thread locks a mutex that it holds already.",
		.text = "The mutex is not recursive: the thread waits for itself for ever. So it does\n"
			"with a spin lock, or a reader-writer lock that it wants to write under again;\n"
			"glibc refuses the latter (EDEADLK), which POSIX does not promise.\n"
			"\n"
			"    pthread_mutex_lock(&m);\n"
			"    pthread_mutex_lock(&m);         waits for ever\n"
			"\n"
			"How to fix it: split the inner function into one that takes the lock and one\n"
			"that expects it to be held. A recursive mutex may be locked again, and one\n"
			"that checks for errors is made to answer EDEADLK: these are not reported.\n",
	},
	{
		.name = "destroy-locked",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "A lock is destroyed while it is held.",
		.text = "pthread_mutex_destroy on a locked mutex is undefined: a thread believes to\n"
			"be in the critical section of a lock that no longer exists.\n"
			"\n"
			"    pthread_mutex_lock(&node->lock);\n"
			"    remove_node(node);\n"
			"    pthread_mutex_destroy(&node->lock);    still held\n"
			"\n"
			"How to fix it: unlock before destroying, and make sure that nobody can find\n"
			"the object any more by then.\n",
	},
	{
		.name = "destroy-waited",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "A lock or condition is destroyed while a thread waits on it.",
		.text = "A thread that waits on a destroyed object may never wake up, or wakes up in\n"
			"memory that is used for something else.\n"
			"\n"
			"    thread 1                        thread 2\n"
			"    pthread_cond_wait(&c, &m);      pthread_cond_destroy(&c);\n"
			"\n"
			"How to fix it: tell the waiters to stop, wait until they have gone (join\n"
			"them, or count them), then destroy.\n",
	},
	{
		.name = "free-locked",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "Memory is freed in which a lock is held.",
		.text = "The memory of a held lock went back to the allocator (free, delete, munmap,\n"
			"the end of a stack frame). Whoever unlocks it writes into memory that may\n"
			"belong to something else by then.\n"
			"\n"
			"    pthread_mutex_lock(&node->lock);\n"
			"    free(node);\n"
			"    pthread_mutex_unlock(&node->lock);\n"
			"\n"
			"How to fix it: unlock and destroy the lock before its memory is freed, and\n"
			"make sure that no other thread can still reach it: keep the lock outside of\n"
			"the object, or count references.\n",
	},
	{
		.name = "use-after-destroy",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "A lock is used after it was destroyed.",
		.text = "Between pthread_mutex_destroy and the next pthread_mutex_init a mutex must\n"
			"not be used; nor must a condition, a semaphore, a barrier or a spin lock\n"
			"between such calls. Often a sign that a thread still works while its data is\n"
			"torn down.\n"
			"\n"
			"    main                              worker\n"
			"    pthread_mutex_destroy(&m);\n"
			"                                      pthread_mutex_lock(&m);\n"
			"\n"
			"How to fix it: join, or otherwise wait for, every thread that uses the lock\n"
			"before it is destroyed.\n",
	},
	{
		.name = "double-init",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "A lock is initialised while it is in use.",
		.text = "Initialising a lock that is initialised already is undefined; when it is\n"
			"held at that moment, the second initialisation makes it free, and two\n"
			"threads are in the critical section.\n"
			"\n"
			"    if (!ready) {                         two threads can come here\n"
			"            pthread_mutex_init(&m, NULL);\n"
			"            ready = true;\n"
			"    }\n"
			"\n"
			"How to fix it: initialise statically (PTHREAD_MUTEX_INITIALIZER), or through\n"
			"pthread_once, or before the threads are started.\n",
	},
	{
		.name = "cond-mutex-mismatch",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "Threads wait on one condition with different mutexes.",
		.text = "All threads that wait on a condition variable at the same time must pass the\n"
			"same mutex. Otherwise the behaviour is undefined, and what the condition\n"
			"stands for is not protected.\n"
			"\n"
			"    thread 1                        thread 2\n"
			"    pthread_cond_wait(&c, &m1);     pthread_cond_wait(&c, &m2);\n"
			"\n"
			"How to fix it: one mutex for the data, and every wait on conditions about\n"
			"that data with it.\n",
	},
	{
		.name = "cond-wait-unlocked",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "A condition wait is called without holding its mutex.",
		.text = "pthread_cond_wait releases the mutex; when the caller does not hold it, that\n"
			"is undefined, and a signal between looking at the data and waiting is lost.\n"
			"\n"
			"    while (!ready)\n"
			"            pthread_cond_wait(&c, &m);    m is not locked\n"
			"\n"
			"How to fix it: lock the mutex, look at the data in a loop, wait inside of\n"
			"that loop.\n",
	},
	{
		.name = "rwlock-upgrade",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "A thread asks for the write side of a lock whose read side it holds.",
		.text = "A reader-writer lock cannot be upgraded: the write side waits until all\n"
			"readers have left, and the thread itself is one of them. It waits for ever,\n"
			"or gets EDEADLK. Nor can it be downgraded by taking the read side while\n"
			"holding the write side: that fails (EDEADLK) or waits for ever.\n"
			"\n"
			"    pthread_rwlock_rdlock(&l);\n"
			"    if (missing)\n"
			"            pthread_rwlock_wrlock(&l);    waits for itself\n"
			"\n"
			"How to fix it: release the read side, take the write side, and look again,\n"
			"since the data may have changed in between.\n",
	},
	{
		.name = "exit-holding",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "A thread ended while it held a lock.",
		.text = "Nobody can release the lock any more. The next thread that needs it waits\n"
			"for ever. Typical causes are an early return, a cancellation, or an\n"
			"exception between lock and unlock.\n"
			"\n"
			"    void *worker(void *argument)\n"
			"    {\n"
			"            pthread_mutex_lock(&m);\n"
			"            if (!argument)\n"
			"                    return NULL;            still locked\n"
			"            ...\n"
			"\n"
			"How to fix it: unlock on every path; pthread_cleanup_push for cancellation;\n"
			"std::lock_guard in C++. A lock that must survive the end of its owner is a\n"
			"robust one.\n",
	},
	{
		.name = "fork-holding",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "A lock that another thread held at fork is used in the child.",
		.text = "fork copies the memory, held locks included, but only the thread that called\n"
			"it. A lock that another thread held at that moment stays locked in the child\n"
			"for ever.\n"
			"\n"
			"    thread 1                     thread 2\n"
			"    pthread_mutex_lock(&m);      if (fork() == 0)\n"
			"                                         pthread_mutex_lock(&m);  for ever\n"
			"\n"
			"How to fix it: after fork in a process with threads, call only exec or _exit\n"
			"in the child (posix_spawn does that); or use pthread_atfork to take the lock\n"
			"around the fork.\n",
	},
	{
		.name = "signal-lock",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "A lock is taken in a signal handler, and outside of it with that signal open.",
		.text = "When the signal arrives while the thread holds the lock, the handler waits\n"
			"for the thread that it has interrupted. Neither goes on. Functions that lock\n"
			"(malloc, stdio, pthread_mutex_lock) are not async-signal-safe.\n"
			"\n"
			"    void on_signal(int number)\n"
			"    {\n"
			"            pthread_mutex_lock(&m);       the interrupted code may hold it\n"
			"    }\n"
			"\n"
			"How to fix it: let the handler set a flag or write to a pipe, and do the\n"
			"work elsewhere; or receive the signal with sigwait or signalfd in a thread\n"
			"of its own; or block the signal while the lock is held.\n",
	},
	{
		.name = "barrier-misuse",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "A barrier is destroyed or initialised again while threads wait at it.",
		.text = "A barrier may be destroyed or initialised again only when no thread waits at\n"
			"it. The threads that wait would never be released. And a barrier for no\n"
			"thread is none: the initialisation fails.\n"
			"\n"
			"    thread 1                        thread 2\n"
			"    pthread_barrier_wait(&b);       pthread_barrier_destroy(&b);\n"
			"\n"
			"How to fix it: destroy it after all threads that use it were joined.\n",
	},
	{
		.name = "sem-overflow",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "A semaphore is posted beyond its largest value.",
		.text = "sem_post failed with EOVERFLOW: the wake-up is lost. Usually somebody posts\n"
			"in a loop that nobody waits for.\n"
			"\n"
			"    while (running)\n"
			"            sem_post(&wake);              nobody waits\n"
			"\n"
			"How to fix it: post once for each thing there is to do, and check what\n"
			"sem_post returns.\n",
	},
	{
		.name = "self-join",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "A thread joins itself.",
		.text = "The thread waits for its own end. glibc returns EDEADLK, and the join does\n"
			"nothing.\n"
			"\n"
			"    pthread_join(pthread_self(), NULL);\n"
			"\n"
			"How to fix it: let another thread join it, or detach it (pthread_detach).\n"
			"Often the cause is a shutdown function that runs in one of the threads that\n"
			"it waits for.\n",
	},
	{
		.name = "double-join",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_ERROR,
		.summary = "A thread is joined twice, by two threads at once, or after it was detached.",
		.text = "After a join the thread's id is free and may already belong to a new thread:\n"
			"the second join waits for a stranger, or touches freed memory.\n"
			"\n"
			"    pthread_join(worker, NULL);\n"
			"    pthread_join(worker, NULL);\n"
			"\n"
			"How to fix it: one owner for each thread, who joins it once and then forgets\n"
			"its id.\n",
	},
	{
		.name = "thread-leak",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_NOTE,
		.summary = "A thread ended that was neither joined nor detached.",
		.text = "Its stack and its bookkeeping stay until the process ends. In a program that\n"
			"goes on creating threads, that is a leak of some megabytes of address space\n"
			"each.\n"
			"\n"
			"    pthread_t thread;\n"
			"    pthread_create(&thread, NULL, work, NULL);    and nothing more\n"
			"\n"
			"How to fix it: join the thread when its work is needed, or detach it\n"
			"(pthread_detach, PTHREAD_CREATE_DETACHED).\n",
	},
	{
		.name = "blocking-under-lock",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_NOTE,
		.summary = "A lock was held across a call that blocked for long.",
		.text = "While a thread waited for input, for a child or slept, everybody else who\n"
			"needed the lock waited as well.\n"
			"\n"
			"    pthread_mutex_lock(&m);\n"
			"    read(connection, buffer, size);       for seconds, perhaps\n"
			"    pthread_mutex_unlock(&m);\n"
			"\n"
			"How to fix it: copy what the call needs, release the lock, call, take the\n"
			"lock again for the result.\n",
	},
	{
		.name = "signal-unlocked",
		.kind = KIND_MISUSE,
		.severity = SEVERITY_NOTE,
		.summary = "A condition is signalled without holding its mutex.",
		.text = "That is allowed, and right when the data was changed under the mutex before.\n"
			"When it was not, a thread that is just about to wait misses the signal and\n"
			"sleeps on. Only threads that never take the mutex are named.\n"
			"\n"
			"    ready = true;                         without the mutex\n"
			"    pthread_cond_signal(&c);\n"
			"\n"
			"How to fix it: change the data, and best also signal, while the mutex is\n"
			"held.\n",
	},
	{
		.name = "data-race",
		.kind = KIND_DATA_RACE,
		.severity = SEVERITY_ERROR,
		.summary = "Two threads use the same memory at the same time, one of them writing, without a common lock.",
		.text = "The accesses are not ordered by anything. The result depends on timing, the\n"
			"compiler may assume that it never happens, and C and C++ call it undefined\n"
			"behaviour. Both accesses caught at the same moment with disjoint locks make\n"
			"it an error, otherwise it is a warning.\n"
			"\n"
			"    thread 1                        thread 2\n"
			"    count++;                        count++;\n"
			"\n"
			"How to fix it: protect the data with one lock everywhere, or make it atomic\n"
			"(C11 _Atomic, std::atomic).\n",
	},
	{0},
};
/* clang-format on */
