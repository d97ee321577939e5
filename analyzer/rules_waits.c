/*
 * The rules about threads that wait for each other, or could. The text is data for people: what it
 * means, an example in C, how to fix it. Lines of the examples are kept as they stand.
 */
#include "rules_table.h"

/* clang-format off */
const struct rule rules_of_waits[] = {
	{
		.name = "deadlock-cycle",
		.kind = KIND_DEADLOCK,
		.severity = SEVERITY_ERROR,
		.summary = "Threads wait for each other in a circle: none of them can go on.",
		.text = "Seen in the recorded run itself: thread 1 held a lock that thread 2 was\n"
			"waiting for, thread 2 held one that the next thread was waiting for, and so\n"
			"on back to thread 1. Those threads never woke up again. In a circle there\n"
			"can also be a thread that joins another, or waits for a child process.\n"
			"\n"
			"    thread 1                        thread 2\n"
			"    pthread_mutex_lock(&a);         pthread_mutex_lock(&b);\n"
			"    pthread_mutex_lock(&b);  waits  pthread_mutex_lock(&a);  waits\n"
			"\n"
			"How to fix it: decide on one order for these locks and take them in that\n"
			"order everywhere; or take the second lock only after the first was released;\n"
			"or protect both with one lock. Where the order cannot be known beforehand,\n"
			"take the second with pthread_mutex_trylock, and release the first when that\n"
			"fails. In C++, std::scoped_lock(a, b) takes several without deadlock.\n",
	},
	{
		.name = "self-deadlock",
		.kind = KIND_DEADLOCK,
		.severity = SEVERITY_ERROR,
		.summary = "A thread waits for a lock that it holds itself.",
		.text = "A thread locked a mutex that is not recursive a second time, while it held\n"
			"it. It waits for itself, for ever. So does one that wants to write under a\n"
			"reader-writer lock that it reads already; and one that locks a file (flock)\n"
			"which it has locked through another open file.\n"
			"\n"
			"    void flush(struct log *log)\n"
			"    {\n"
			"            pthread_mutex_lock(&log->lock);\n"
			"            ...\n"
			"    }\n"
			"\n"
			"    void append(struct log *log)\n"
			"    {\n"
			"            pthread_mutex_lock(&log->lock);\n"
			"            flush(log);                     waits for itself\n"
			"    }\n"
			"\n"
			"How to fix it: split the inner function into one that takes the lock and one\n"
			"that expects it to be held, and call the latter. A recursive mutex\n"
			"(PTHREAD_MUTEX_RECURSIVE) also ends the wait, but the inner function then\n"
			"sees data that the outer one is in the middle of changing.\n",
	},
	{
		.name = "hang",
		.kind = KIND_DEADLOCK,
		.severity = SEVERITY_ERROR,
		.summary = "Threads wait for what nobody can do any more.",
		.text = "The threads do not wait for each other in a circle, but nobody is left who\n"
			"could end their waits: all the others wait as well, or have ended. A signal\n"
			"came before the wait for it began and was lost; a semaphore is posted once\n"
			"too few, a barrier lacks a thread; a lock is held by a thread that has ended,\n"
			"or by a process that has, or was held by another thread when the process\n"
			"forked; a file was locked by a thread that has ended, and is open still; a\n"
			"child process is waited for whose threads all wait. What a thread waits for\n"
			"in a futex is not known, but that only its process could end that: a promise\n"
			"that is not kept, a latch that lacks a count, a stream that another thread\n"
			"has locked.\n"
			"\n"
			"    consumer                               producer\n"
			"                                           pthread_cond_signal(&ready);\n"
			"    pthread_cond_wait(&ready, &lock);      pthread_join(consumer, NULL);\n"
			"\n"
			"How to fix it: the report names what each thread waits for, and who took a\n"
			"lock away with it. Look for the thread that should have ended the wait and\n"
			"what it did instead. Wait for a condition in a loop that looks at the data\n"
			"under the mutex, and change the data under it, too: then no signal is lost.\n",
	},
	{
		.name = "lock-order",
		.kind = KIND_LOCK_INVERSION,
		.severity = SEVERITY_ERROR,
		.summary = "Locks are taken in opposite orders by threads that can run at the same time.",
		.text = "One thread takes lock b while it holds lock a, another takes a while it\n"
			"holds b (or a longer circle of that kind). When the two get that far at the\n"
			"same time, each waits for the other and neither ever wakes up. It need not\n"
			"have happened in the recorded run: the order alone is the bug, and it\n"
			"strikes when the timing is right.\n"
			"\n"
			"    thread 1                        thread 2\n"
			"    pthread_mutex_lock(&a);         pthread_mutex_lock(&b);\n"
			"    pthread_mutex_lock(&b);         pthread_mutex_lock(&a);\n"
			"\n"
			"How to fix it: decide on one order for these locks and take them in that\n"
			"order everywhere; or take the second lock only after the first was released;\n"
			"or protect both with one lock. Where the order cannot be known beforehand,\n"
			"take the second with pthread_mutex_trylock, and release the first when that\n"
			"fails (before you try again: who keeps it and tries on is waiting). In C++,\n"
			"std::scoped_lock(a, b) takes several without deadlock.\n"
			"\n"
			"Readers do not wait for readers. But a reader-writer lock that lets writers\n"
			"first (PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP) makes them wait behind\n"
			"a writer that waits: then two readers in opposite orders, or one that reads\n"
			"again under a lock that it reads already, wait for ever when writers come in\n"
			"between. Do not nest read locks of that kind.\n"
			"\n"
			"A circle is feasible when the report has a schedule that leads to it, as\n"
			"long as what a thread does depends neither on data that others change nor\n"
			"on time. Without one it is potential: nothing recorded rules it out. So it\n"
			"is, too, where code of the program waits in futexes of its own, as that of\n"
			"std::latch and std::future does: that may be an order nobody has seen.\n"
			"\n"
			"A circle that cannot deadlock is reported as discharged, with the reason:\n"
			"another lock, or a semaphore that has too few units for all, keeps the\n"
			"sides apart (gate-lock), only one thread takes them so (single-thread),\n"
			"one side ends before the other starts (thread-order), or comes before it in\n"
			"every schedule because of a semaphore, a barrier, a condition, a one-time\n"
			"initialisation (sync-order), one side does not wait for ever (try-lock,\n"
			"timed), the sides only read (read-shared).\n",
	},
	{
		.name = "join-order",
		.kind = KIND_LOCK_INVERSION,
		.severity = SEVERITY_ERROR,
		.summary = "A thread joins another one while it holds a lock that the other needs.",
		.text = "A thread holds a lock and waits in pthread_join for another thread to end.\n"
			"The other one takes the same lock before it ends. When it is not past that\n"
			"point yet, both wait for ever. The way from the one to the other may be\n"
			"longer: it may itself wait for a third thread, in a join or for a lock,\n"
			"which needs what the first one holds.\n"
			"\n"
			"    main                            worker\n"
			"    pthread_mutex_lock(&m);\n"
			"    pthread_join(worker, NULL);     pthread_mutex_lock(&m);\n"
			"\n"
			"How to fix it: release the lock before the join. If the thread must be told\n"
			"to stop, set a flag under the lock, release it, then join. In C++ the join\n"
			"may be in the destructor of a jthread, or of an object that has one: it is\n"
			"made before a lock_guard that was declared earlier gives back its lock.\n"
			"\n"
			"What cannot happen is discharged, for a reason as of a lock-order.\n",
	},
	{
		.name = "wait-holding",
		.kind = KIND_LOCK_INVERSION,
		.severity = SEVERITY_ERROR,
		.summary = "A wait keeps a lock that the thread which is to end it needs.",
		.text = "pthread_cond_wait releases its own mutex while it waits, and nothing else.\n"
			"Another lock that the thread holds stays held. If whoever signals the\n"
			"condition needs that lock first, the signal never comes.\n"
			"\n"
			"    waiter                                signaller\n"
			"    pthread_mutex_lock(&outer);           pthread_mutex_lock(&outer);\n"
			"    pthread_mutex_lock(&m);               pthread_mutex_lock(&m);\n"
			"    while (!ready)                        ready = true;\n"
			"            pthread_cond_wait(&c, &m);    pthread_cond_signal(&c);\n"
			"\n"
			"How to fix it: release the outer lock before the wait, or wait on a\n"
			"condition that belongs to the outer lock, which a recursive mutex may be.\n"
			"\n"
			"A semaphore and a barrier release nothing at all:\n"
			"\n"
			"    waiter                                worker\n"
			"    pthread_mutex_lock(&m);               pthread_mutex_lock(&m);\n"
			"    sem_wait(&done);                      pthread_mutex_unlock(&m);\n"
			"    pthread_mutex_unlock(&m);             sem_post(&done);\n"
			"\n"
			"It is reported when a condition wait never came back and all that signalled,\n"
			"as far as was recorded, needed that lock; and when a wait was over that only\n"
			"one other thread could end, which had taken that lock before, when nothing but\n"
			"chance let it do so first; or, of a semaphore, any of several threads, all of\n"
			"which had. A time limit discharges it (timed).\n"
			"\n"
			"The circle may lead on through further locks: the worker takes b before it\n"
			"posts, while a third thread that holds b takes m. And a join that keeps m\n"
			"waits, too: for a thread that waits for such a worker.\n",
	},
	{0},
};
/* clang-format on */
