/*
 * The trace format: one table of records, from which the writer (preload/), the reader (analyzer/)
 * and `gordian dump` are made.
 *
 * A trace is the recording of one process image (from its start or exec to its exit or next exec).
 * It is written through a shared mapping, so that the file is complete at every instant, whatever
 * happens to the process.
 *
 *	offset 0		struct trace_header, padded to TRACE_HEADER_SIZE
 *	TRACE_HEADER_SIZE	chunk, chunk, … up to header.allocated
 *
 * The file is sparse while the process runs: its length is the window (header.window), of which
 * only [0, header.allocated) is in use. At a normal exit it is cut down to header.allocated; after
 * a kill it is not, so a reader looks at header.allocated and never at the length beyond it.
 *
 * A chunk is a multiple of TRACE_CHUNK_ALIGN long, starts with struct trace_chunk, and holds
 * records back to back in [sizeof(struct trace_chunk), chunk.used). A writer first fills a record
 * and then moves chunk.used past it (release), so everything below `used` is whole. Only counters,
 * and fields marked "mutable", change afterwards; aligned 32- and 64-bit stores, so a reader sees
 * old or new.
 *
 * Every record starts with struct trace_record and is a multiple of 8 long. Records name each other
 * by *reference*: the record's file offset divided by 8 (a uint32_t; 0 = none). A referenced record
 * may lie behind the one that refers to it.
 *
 * Integers are in the byte order of the machine that wrote them; header.byte_order tells. Times are
 * *ticks* of the machine's cycle counter; (ticks, CLOCK_MONOTONIC ns) pairs in the header give the
 * scale.
 *
 * Bump rule: docs/trace-format.md. Codes are append-only and never reused.
 */
#ifndef GORDIAN_TRACE_FORMAT_H
#define GORDIAN_TRACE_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#define TRACE_MAGIC "GORDIAN\n"
#define TRACE_VERSION 3u
#define TRACE_OLDEST_VERSION 3u /* that the reader still takes */
#define TRACE_BYTE_ORDER 0x01020304u
#define TRACE_HEADER_SIZE 4096u
#define TRACE_CHUNK_ALIGN 4096u
#define TRACE_CHUNK_MAGIC 0x4b4e4843u /* "CHNK" */
#define TRACE_SUFFIX ".gordian"
#define TRACE_NAME_SIZE 16 /* a thread's name, as the kernel keeps it, NUL-terminated */
#define TRACE_BUCKETS 40   /* bucket b counts times of [2^b, 2^(b+1)) ticks; the last is open */
#define TRACE_WAKES_BITS 3
#define TRACE_WAKES 8	    /* objects of one wakes record: 1 << TRACE_WAKES_BITS */
#define TRACE_MAX_FRAMES 64 /* frames of one stack at most */

/*
 * Why something was not recorded: D(code, name, what it means). header.drops[code] counts each.
 * Every one of them makes a recording incomplete.
 */
#define TRACE_DROPS(D) \
	D(0, no_space, "records that did not fit: disk full, or max_trace reached") \
	D(1, no_memory, "operations not recorded for lack of memory") \
	D(2, nested, \
	  "lock operations in a signal handler that interrupted the recorder, or jumped out of " \
	  "it") \
	D(3, process, "child processes that could not be recorded") \
	D(4, thread, "lock operations of threads that could not be registered") \
	D(5, timeline, "timeline events dropped") \
	D(6, sanitizer, "programs left alone because they are built with ThreadSanitizer")

enum trace_drop {
#define D(code, name, help) TRACE_DROP_##name = code,
	TRACE_DROPS(D)
#undef D
		TRACE_DROP_SLOTS = 16 /* slots in the header; unused ones are zero */
};

/* How the process image ended (header.end): E(code, name, what it means). */
#define TRACE_ENDS(E) \
	E(0, running, "no end was recorded: it still runs, or was killed") \
	E(1, exit, "exit() or a return from main; end_value is the status") \
	E(2, quick_exit, "_exit() and its kin; end_value is the status") \
	E(3, exec, "replaced by another program image through exec") \
	E(4, signal, "ended by signal number end_value (written by whoever waited for it)")

enum trace_end {
#define E(code, name, help) TRACE_END_##name = code,
	TRACE_ENDS(E)
#undef E
};

struct trace_header {
	char magic[8];
	uint32_t version;
	uint32_t byte_order;
	uint32_t header_size;  /* TRACE_HEADER_SIZE */
	uint32_t pointer_size; /* bytes: 8 or 4 */
	uint64_t window;       /* bytes the file may grow to */
	uint64_t allocated;    /* bytes in use; mutable, a multiple of TRACE_CHUNK_ALIGN */
	uint32_t pid;
	uint32_t parent_pid;
	uint64_t start_realtime_ns; /* CLOCK_REALTIME when the recording began */
	/* Two (ticks, ns) pairs; the second is mutable. ns per tick =
	 * (mono_ns[1]-mono_ns[0])/(ticks[1]-ticks[0]). */
	uint64_t ticks[2];
	uint64_t mono_ns[2];
	uint64_t nominal_hz; /* ticks per second as far as known when the recording began; 0 =
				unknown */
	uint32_t end;	     /* enum trace_end; mutable */
	int32_t end_value;   /* exit status or signal; mutable */
	uint64_t end_mono_ns;
	uint64_t drops[TRACE_DROP_SLOTS]; /* mutable */
	uint64_t early;	  /* lock operations recorded before the stack unwinder was ready: stacks of
			     one frame; mutable */
	uint64_t widened; /* span merges (see the span record) that may make ordered code look
			     concurrent; mutable */
};

struct trace_chunk {
	uint32_t magic;
	uint32_t size;	/* bytes, header included */
	uint32_t used;	/* bytes, header included; mutable */
	uint32_t owner; /* reference of the thread record that filled it last; 0: the process.
			   Information only */
};

struct trace_record {
	uint16_t type; /* enum trace_type */
	uint16_t zero;
	uint32_t size; /* bytes, this header and the tail included; a multiple of 8 */
};

/*
 * Operations that acquire, wait or wake: O(code, name, function, lock kind, flags). The name of the
 * function is what a report prints. A re-acquisition at the end of a condition wait blocks without
 * a limit, whatever the wait's own limit was.
 */
#define TRACE_OP_TRY 1u	      /* never waits: a success holds, but was never a request */
#define TRACE_OP_TIMED 2u     /* waits for a bounded time only */
#define TRACE_OP_SHARED 4u    /* read side: other readers may hold it too */
#define TRACE_OP_REACQUIRE 8u /* a condition wait takes its mutex again */
#define TRACE_OP_WAIT 16u     /* only waits: nothing is held afterwards */
#define TRACE_OP_SIGNAL 32u   /* only gives: never waits, nothing is held afterwards */

#define TRACE_OPS(O) \
	O(1, mutex_lock, "pthread_mutex_lock", mutex, 0) \
	O(2, mutex_trylock, "pthread_mutex_trylock", mutex, TRACE_OP_TRY) \
	O(3, mutex_timedlock, "pthread_mutex_timedlock", mutex, TRACE_OP_TIMED) \
	O(4, mutex_clocklock, "pthread_mutex_clocklock", mutex, TRACE_OP_TIMED) \
	O(5, cond_wait, "pthread_cond_wait", mutex, TRACE_OP_REACQUIRE) \
	O(6, cond_timedwait, "pthread_cond_timedwait", mutex, TRACE_OP_REACQUIRE) \
	O(7, cond_clockwait, "pthread_cond_clockwait", mutex, TRACE_OP_REACQUIRE) \
	O(8, rwlock_rdlock, "pthread_rwlock_rdlock", rwlock, TRACE_OP_SHARED) \
	O(9, rwlock_tryrdlock, "pthread_rwlock_tryrdlock", rwlock, TRACE_OP_SHARED | TRACE_OP_TRY) \
	O(10, rwlock_timedrdlock, "pthread_rwlock_timedrdlock", rwlock, \
	  TRACE_OP_SHARED | TRACE_OP_TIMED) \
	O(11, rwlock_clockrdlock, "pthread_rwlock_clockrdlock", rwlock, \
	  TRACE_OP_SHARED | TRACE_OP_TIMED) \
	O(12, rwlock_wrlock, "pthread_rwlock_wrlock", rwlock, 0) \
	O(13, rwlock_trywrlock, "pthread_rwlock_trywrlock", rwlock, TRACE_OP_TRY) \
	O(14, rwlock_timedwrlock, "pthread_rwlock_timedwrlock", rwlock, TRACE_OP_TIMED) \
	O(15, rwlock_clockwrlock, "pthread_rwlock_clockwrlock", rwlock, TRACE_OP_TIMED) \
	O(16, spin_lock, "pthread_spin_lock", spin, 0) \
	O(17, spin_trylock, "pthread_spin_trylock", spin, TRACE_OP_TRY) \
	O(18, sem_wait, "sem_wait", semaphore, 0) \
	O(19, sem_trywait, "sem_trywait", semaphore, TRACE_OP_TRY) \
	O(20, sem_timedwait, "sem_timedwait", semaphore, TRACE_OP_TIMED) \
	O(21, sem_clockwait, "sem_clockwait", semaphore, TRACE_OP_TIMED) \
	O(22, barrier_wait, "pthread_barrier_wait", barrier, TRACE_OP_WAIT) \
	O(23, once, "pthread_once", once, 0) \
	O(24, guard_acquire, "__cxa_guard_acquire", once, 0) \
	O(25, call_once, "call_once", once, 0) \
	O(26, mtx_lock, "mtx_lock", mutex, 0) \
	O(27, mtx_trylock, "mtx_trylock", mutex, TRACE_OP_TRY) \
	O(28, mtx_timedlock, "mtx_timedlock", mutex, TRACE_OP_TIMED) \
	O(29, cnd_wait, "cnd_wait", mutex, TRACE_OP_REACQUIRE) \
	O(30, cnd_timedwait, "cnd_timedwait", mutex, TRACE_OP_REACQUIRE) \
	O(31, flockfile, "flockfile", mutex, 0) \
	O(32, ftrylockfile, "ftrylockfile", mutex, TRACE_OP_TRY) \
	O(33, g_mutex_lock, "g_mutex_lock", mutex, 0) \
	O(34, g_mutex_trylock, "g_mutex_trylock", mutex, TRACE_OP_TRY) \
	O(35, g_rec_mutex_lock, "g_rec_mutex_lock", mutex, 0) \
	O(36, g_rec_mutex_trylock, "g_rec_mutex_trylock", mutex, TRACE_OP_TRY) \
	O(37, g_rw_lock_writer_lock, "g_rw_lock_writer_lock", rwlock, 0) \
	O(38, g_rw_lock_writer_trylock, "g_rw_lock_writer_trylock", rwlock, TRACE_OP_TRY) \
	O(39, g_rw_lock_reader_lock, "g_rw_lock_reader_lock", rwlock, TRACE_OP_SHARED) \
	O(40, g_rw_lock_reader_trylock, "g_rw_lock_reader_trylock", rwlock, \
	  TRACE_OP_SHARED | TRACE_OP_TRY) \
	O(41, g_cond_wait, "g_cond_wait", mutex, TRACE_OP_REACQUIRE) \
	O(42, g_cond_wait_until, "g_cond_wait_until", mutex, TRACE_OP_REACQUIRE) \
	O(43, flock, "flock", file, 0) \
	O(44, flock_shared, "flock", file, TRACE_OP_SHARED) \
	O(45, flock_try, "flock", file, TRACE_OP_TRY) \
	O(46, flock_try_shared, "flock", file, TRACE_OP_SHARED | TRACE_OP_TRY) \
	O(47, lockf, "lockf", file, 0) \
	O(48, lockf_try, "lockf", file, TRACE_OP_TRY) \
	O(49, fcntl_lock, "fcntl", file, 0) \
	O(50, fcntl_lock_shared, "fcntl", file, TRACE_OP_SHARED) \
	O(51, fcntl_try, "fcntl", file, TRACE_OP_TRY) \
	O(52, fcntl_try_shared, "fcntl", file, TRACE_OP_SHARED | TRACE_OP_TRY) \
	O(53, custom, "GORDIAN_ACQUIRE", custom, 0) \
	O(54, custom_shared, "GORDIAN_ACQUIRE", custom, TRACE_OP_SHARED) \
	O(55, custom_try, "GORDIAN_ACQUIRE", custom, TRACE_OP_TRY) \
	O(56, custom_try_shared, "GORDIAN_ACQUIRE", custom, TRACE_OP_SHARED | TRACE_OP_TRY) \
	O(80, custom_timed, "GORDIAN_ACQUIRE", custom, TRACE_OP_TIMED) \
	O(81, custom_timed_shared, "GORDIAN_ACQUIRE", custom, TRACE_OP_SHARED | TRACE_OP_TIMED) \
	O(57, join, "pthread_join", thread, TRACE_OP_WAIT) \
	O(58, timedjoin, "pthread_timedjoin_np", thread, TRACE_OP_WAIT | TRACE_OP_TIMED) \
	O(59, g_bit_lock, "g_bit_lock", custom, 0) \
	O(60, g_bit_trylock, "g_bit_trylock", custom, TRACE_OP_TRY) \
	O(61, g_cond_timed_wait, "g_cond_timed_wait", mutex, TRACE_OP_REACQUIRE) \
	O(62, cond, "pthread_cond_wait", condition, TRACE_OP_WAIT) \
	O(63, cond_timed, "pthread_cond_timedwait", condition, TRACE_OP_WAIT | TRACE_OP_TIMED) \
	O(64, cond_clock, "pthread_cond_clockwait", condition, TRACE_OP_WAIT | TRACE_OP_TIMED) \
	O(65, cnd, "cnd_wait", condition, TRACE_OP_WAIT) \
	O(66, cnd_timed, "cnd_timedwait", condition, TRACE_OP_WAIT | TRACE_OP_TIMED) \
	O(67, once_done, "pthread_once", once, TRACE_OP_WAIT) \
	O(68, guard_done, "__cxa_guard_acquire", once, TRACE_OP_WAIT) \
	O(69, call_once_done, "call_once", once, TRACE_OP_WAIT) \
	O(70, g_once_init, "g_once_init_enter", once, 0) \
	O(71, g_once_init_done, "g_once_init_enter", once, TRACE_OP_WAIT) \
	O(72, g_once, "g_once", once, 0) \
	O(73, g_once_done, "g_once", once, TRACE_OP_WAIT) \
	O(74, g_pointer_bit_lock, "g_pointer_bit_lock", custom, 0) \
	O(75, g_pointer_bit_trylock, "g_pointer_bit_trylock", custom, TRACE_OP_TRY) \
	O(76, clockjoin, "pthread_clockjoin_np", thread, TRACE_OP_WAIT | TRACE_OP_TIMED) \
	O(77, thrd_join, "thrd_join", thread, TRACE_OP_WAIT) \
	O(82, cond_signal, "pthread_cond_signal", condition, TRACE_OP_SIGNAL) \
	O(83, cond_broadcast, "pthread_cond_broadcast", condition, TRACE_OP_SIGNAL) \
	O(84, cnd_signal, "cnd_signal", condition, TRACE_OP_SIGNAL) \
	O(85, cnd_broadcast, "cnd_broadcast", condition, TRACE_OP_SIGNAL) \
	O(86, g_cond_signal, "g_cond_signal", condition, TRACE_OP_SIGNAL) \
	O(87, g_cond_broadcast, "g_cond_broadcast", condition, TRACE_OP_SIGNAL) \
	O(90, g_cond, "g_cond_wait", condition, TRACE_OP_WAIT) \
	O(91, g_cond_until, "g_cond_wait_until", condition, TRACE_OP_WAIT | TRACE_OP_TIMED) \
	O(92, g_cond_timed, "g_cond_timed_wait", condition, TRACE_OP_WAIT | TRACE_OP_TIMED) \
	O(93, g_async_queue_pop, "g_async_queue_pop", semaphore, 0) \
	O(94, g_async_queue_try_pop, "g_async_queue_try_pop", semaphore, TRACE_OP_TRY) \
	O(95, g_async_queue_timeout_pop, "g_async_queue_timeout_pop", semaphore, TRACE_OP_TIMED) \
	O(96, g_async_queue_remove, "g_async_queue_remove", semaphore, TRACE_OP_TRY) \
	O(97, g_async_queue_lock, "g_async_queue_lock", mutex, 0) \
	O(98, omp_set_lock, "omp_set_lock", mutex, 0) \
	O(99, omp_test_lock, "omp_test_lock", mutex, TRACE_OP_TRY) \
	O(100, omp_critical, "omp critical", mutex, 0) \
	O(101, futex, "futex", futex, TRACE_OP_WAIT) \
	O(102, wait, "wait", process, TRACE_OP_WAIT) \
	O(103, waitpid, "waitpid", process, TRACE_OP_WAIT) \
	O(104, waitid, "waitid", process, TRACE_OP_WAIT) \
	O(105, wait3, "wait3", process, TRACE_OP_WAIT) \
	O(106, wait4, "wait4", process, TRACE_OP_WAIT) \
	O(107, system, "system", process, TRACE_OP_WAIT)

enum trace_op {
#define O(code, name, function, kind, flags) TRACE_OP_##name = code,
	TRACE_OPS(O)
#undef O
};

/*
 * What else a thread does with a lock, or with another thread: A(code, name, function, what it does
 * to the lock, in the third person). An *act* is one of these or an operation of the table above.
 */
#define TRACE_ACTS(A) \
	A(256, mutex_init, "pthread_mutex_init", "initialises") \
	A(257, mutex_destroy, "pthread_mutex_destroy", "destroys") \
	A(258, mutex_unlock, "pthread_mutex_unlock", "unlocks") \
	A(259, rwlock_init, "pthread_rwlock_init", "initialises") \
	A(260, rwlock_destroy, "pthread_rwlock_destroy", "destroys") \
	A(261, rwlock_unlock, "pthread_rwlock_unlock", "unlocks") \
	A(262, spin_init, "pthread_spin_init", "initialises") \
	A(263, spin_destroy, "pthread_spin_destroy", "destroys") \
	A(264, spin_unlock, "pthread_spin_unlock", "unlocks") \
	A(265, sem_init, "sem_init", "initialises") \
	A(266, sem_destroy, "sem_destroy", "destroys") \
	A(267, sem_post, "sem_post", "posts") \
	A(268, sem_open, "sem_open", "opens") \
	A(269, sem_close, "sem_close", "closes") \
	A(270, cond_init, "pthread_cond_init", "initialises") \
	A(271, cond_destroy, "pthread_cond_destroy", "destroys") \
	A(272, cond_signal, "pthread_cond_signal", "signals") \
	A(273, cond_broadcast, "pthread_cond_broadcast", "signals") \
	A(274, barrier_init, "pthread_barrier_init", "initialises") \
	A(275, barrier_destroy, "pthread_barrier_destroy", "destroys") \
	A(276, mtx_init, "mtx_init", "initialises") \
	A(277, mtx_destroy, "mtx_destroy", "destroys") \
	A(278, mtx_unlock, "mtx_unlock", "unlocks") \
	A(279, cnd_init, "cnd_init", "initialises") \
	A(280, cnd_destroy, "cnd_destroy", "destroys") \
	A(281, cnd_signal, "cnd_signal", "signals") \
	A(282, cnd_broadcast, "cnd_broadcast", "signals") \
	A(283, funlockfile, "funlockfile", "unlocks") \
	A(284, g_mutex_unlock, "g_mutex_unlock", "unlocks") \
	A(285, g_mutex_clear, "g_mutex_clear", "destroys") \
	A(286, g_rec_mutex_unlock, "g_rec_mutex_unlock", "unlocks") \
	A(287, g_rw_lock_unlock, "g_rw_lock_unlock", "unlocks") \
	A(288, custom_release, "GORDIAN_RELEASE", "releases") \
	A(289, custom_destroy, "GORDIAN_DESTROY", "destroys") \
	A(290, free, "free", "frees") \
	A(291, realloc, "realloc", "frees") \
	A(292, munmap, "munmap", "unmaps") \
	A(293, dlclose, "dlclose", "unmaps") \
	A(294, thread_end, "the end of the thread", "ends with") \
	A(295, fork, "fork", "forks with") \
	A(296, detach, "pthread_detach", "detaches") \
	A(297, tryjoin, "pthread_tryjoin_np", "joins") \
	A(298, clockjoin, "pthread_clockjoin_np", "joins") \
	A(299, thrd_join, "thrd_join", "joins") \
	A(300, thrd_detach, "thrd_detach", "detaches") \
	A(301, create, "pthread_create", "creates") \
	A(302, use, "a lock function", "uses") \
	A(303, happens_before, "GORDIAN_HAPPENS_BEFORE", "says to be before") \
	A(304, happens_after, "GORDIAN_HAPPENS_AFTER", "says to be after") \
	A(305, g_async_queue_push, "g_async_queue_push", "posts") \
	A(306, g_mutex_init, "g_mutex_init", "initialises") \
	A(307, g_rec_mutex_clear, "g_rec_mutex_clear", "destroys") \
	A(308, g_rw_lock_clear, "g_rw_lock_clear", "destroys") \
	A(400, block_sleep, "sleep", "blocks under") \
	A(401, block_usleep, "usleep", "blocks under") \
	A(402, block_nanosleep, "nanosleep", "blocks under") \
	A(403, block_clock_nanosleep, "clock_nanosleep", "blocks under") \
	A(404, block_thrd_sleep, "thrd_sleep", "blocks under") \
	A(405, block_read, "read", "blocks under") \
	A(406, block_readv, "readv", "blocks under") \
	A(407, block_pread, "pread", "blocks under") \
	A(408, block_preadv, "preadv", "blocks under") \
	A(409, block_preadv2, "preadv2", "blocks under") \
	A(410, block_write, "write", "blocks under") \
	A(411, block_writev, "writev", "blocks under") \
	A(412, block_pwrite, "pwrite", "blocks under") \
	A(413, block_pwritev, "pwritev", "blocks under") \
	A(414, block_pwritev2, "pwritev2", "blocks under") \
	A(415, block_recv, "recv", "blocks under") \
	A(416, block_recvfrom, "recvfrom", "blocks under") \
	A(417, block_recvmsg, "recvmsg", "blocks under") \
	A(418, block_recvmmsg, "recvmmsg", "blocks under") \
	A(419, block_send, "send", "blocks under") \
	A(420, block_sendto, "sendto", "blocks under") \
	A(421, block_sendmsg, "sendmsg", "blocks under") \
	A(422, block_sendmmsg, "sendmmsg", "blocks under") \
	A(423, block_accept, "accept", "blocks under") \
	A(424, block_accept4, "accept4", "blocks under") \
	A(425, block_connect, "connect", "blocks under") \
	A(426, block_sendfile, "sendfile", "blocks under") \
	A(427, block_splice, "splice", "blocks under") \
	A(428, block_copy_file_range, "copy_file_range", "blocks under") \
	A(429, block_poll, "poll", "blocks under") \
	A(430, block_ppoll, "ppoll", "blocks under") \
	A(431, block_select, "select", "blocks under") \
	A(432, block_pselect, "pselect", "blocks under") \
	A(433, block_epoll_wait, "epoll_wait", "blocks under") \
	A(434, block_epoll_pwait, "epoll_pwait", "blocks under") \
	A(435, block_epoll_pwait2, "epoll_pwait2", "blocks under") \
	A(436, block_fsync, "fsync", "blocks under") \
	A(437, block_fdatasync, "fdatasync", "blocks under") \
	A(438, block_syncfs, "syncfs", "blocks under") \
	A(439, block_sync, "sync", "blocks under") \
	A(440, block_msync, "msync", "blocks under") \
	A(441, block_getaddrinfo, "getaddrinfo", "blocks under") \
	A(442, block_getnameinfo, "getnameinfo", "blocks under") \
	A(443, block_gethostbyname, "gethostbyname", "blocks under") \
	A(444, block_gethostbyaddr, "gethostbyaddr", "blocks under") \
	A(445, block_wait, "wait", "blocks under") \
	A(446, block_waitpid, "waitpid", "blocks under") \
	A(447, block_waitid, "waitid", "blocks under") \
	A(448, block_wait3, "wait3", "blocks under") \
	A(449, block_wait4, "wait4", "blocks under") \
	A(450, block_system, "system", "blocks under") \
	A(452, block_pause, "pause", "blocks under") \
	A(453, block_sigsuspend, "sigsuspend", "blocks under") \
	A(454, block_sigwait, "sigwait", "blocks under") \
	A(455, block_sigwaitinfo, "sigwaitinfo", "blocks under") \
	A(456, block_sigtimedwait, "sigtimedwait", "blocks under") \
	A(457, block_msgrcv, "msgrcv", "blocks under") \
	A(458, block_msgsnd, "msgsnd", "blocks under") \
	A(459, block_semop, "semop", "blocks under") \
	A(460, block_semtimedop, "semtimedop", "blocks under") \
	A(461, block_mq_receive, "mq_receive", "blocks under") \
	A(462, block_mq_send, "mq_send", "blocks under") \
	A(463, block_mq_timedreceive, "mq_timedreceive", "blocks under") \
	A(464, block_mq_timedsend, "mq_timedsend", "blocks under") \
	A(465, block_cond_wait, "pthread_cond_wait", "blocks under") \
	A(466, block_cond_timedwait, "pthread_cond_timedwait", "blocks under") \
	A(467, block_cond_clockwait, "pthread_cond_clockwait", "blocks under") \
	A(468, block_cnd_wait, "cnd_wait", "blocks under") \
	A(469, block_cnd_timedwait, "cnd_timedwait", "blocks under") \
	A(470, block_g_cond_wait, "g_cond_wait", "blocks under") \
	A(471, block_g_cond_wait_until, "g_cond_wait_until", "blocks under") \
	A(472, block_g_cond_timed_wait, "g_cond_timed_wait", "blocks under")

enum trace_act {
#define A(code, name, function, does) TRACE_ACT_##name = code,
	TRACE_ACTS(A)
#undef A
};

/* Rules of misuse that the recorder itself sees: M(code, name, rule). */
#define TRACE_MISUSES(M) \
	M(1, unlock_not_owner, "unlock-not-owner") \
	M(2, unlock_unlocked, "unlock-unlocked") \
	M(3, relock, "relock") \
	M(4, destroy_locked, "destroy-locked") \
	M(5, destroy_waited, "destroy-waited") \
	M(6, free_locked, "free-locked") \
	M(7, use_after_destroy, "use-after-destroy") \
	M(8, double_init, "double-init") \
	M(9, cond_mutex_mismatch, "cond-mutex-mismatch") \
	M(10, cond_wait_unlocked, "cond-wait-unlocked") \
	M(11, rwlock_upgrade, "rwlock-upgrade") \
	M(12, exit_holding, "exit-holding") \
	M(13, fork_holding, "fork-holding") \
	M(14, signal_lock, "signal-lock") \
	M(15, barrier_misuse, "barrier-misuse") \
	M(16, sem_overflow, "sem-overflow") \
	M(17, self_join, "self-join") \
	M(18, double_join, "double-join") \
	M(19, thread_leak, "thread-leak") \
	M(20, blocking_under_lock, "blocking-under-lock") \
	M(21, signal_unlocked, "signal-unlocked")

enum trace_misuse_rule {
#define M(code, name, rule) TRACE_MISUSE_##name = code,
	TRACE_MISUSES(M)
#undef M
};

/* Kinds of lock: K(code, name). The names are those of the JSON report. */
#define TRACE_LOCK_KINDS(K) \
	K(1, mutex) \
	K(2, rwlock) \
	K(3, spin) \
	K(4, semaphore) \
	K(5, condition) \
	K(6, barrier) \
	K(7, once) \
	K(8, thread) \
	K(9, gil) \
	K(10, file) \
	K(11, custom) \
	K(12, futex) \
	K(13, process)

/*
 * A futex has no lock record: it is a word of memory on which a thread waits, for the recorder does
 * not know what. It is in held.want only.
 */
enum trace_lock_kind {
#define K(code, name) TRACE_LOCK_##name = code,
	TRACE_LOCK_KINDS(K)
#undef K
};

/* Bits of lock.flags. */
#define TRACE_LOCK_INIT_SEEN \
	1u /* its initialisation call was seen; created_stack is where. Else: its first use */
#define TRACE_LOCK_RECURSIVE 2u
#define TRACE_LOCK_ERRORCHECK 4u
#define TRACE_LOCK_ROBUST 8u
#define TRACE_LOCK_SHARED 16u	 /* process-shared */
#define TRACE_LOCK_DESTROYED 32u /* its life has ended */
#define TRACE_LOCK_WRITER_FIRST \
	64u /* a reader waits behind a writer that waits, even if it holds the read side already \
	     */
/* A semaphore that was not used as a lock: it did not start at 1, or was posted by a thread that
 * had not taken it. What is recorded of it says nothing about what is held. Mutable. */
#define TRACE_LOCK_ORDERING 128u
#define TRACE_LOCK_OPENED \
	256u /* a named semaphore that may have been there before: its first value is not known */
#define TRACE_LOCK_UNCOUNTED \
	512u /* not all that was done with it is in tallies: it orders nothing. Mutable */
#define TRACE_LOCK_REACHABLE \
	1024u /* in shared memory that processes can map which did not inherit it */
/* An ordering semaphore's record that stands for one now of which it is not known yet whether it is
 * a lock. Who has it on its held stack holds it; but what is recorded of it says nothing. Mutable.
 */
#define TRACE_LOCK_PROVISIONAL 2048u

/*
 * A thread, as what others wait for: its end. In place of a lock's address, in lock records of kind
 * `thread` and in held.want; `ref` is the reference of its thread record. No program has such an
 * address.
 */
#define TRACE_THREAD_ADDRESS(ref) (UINT64_C(1) << 62 | (ref))

/* The same for the end of a child process, by its id; 0: of any child. */
#define TRACE_CHILD_ADDRESS(pid) (UINT64_C(1) << 61 | (pid))

/*
 * A bit of the address of a lock that the program annotates, in held.want and held entries only: a
 * lock of the C library may lie at the same address.
 */
#define TRACE_ANNOTATED (UINT64_C(1) << 63)

/* Bits of thread.state. */
#define TRACE_THREAD_STARTED 1u
#define TRACE_THREAD_ENDED 2u
#define TRACE_THREAD_JOINED 4u /* joined_by and join_epoch are valid */
#define TRACE_THREAD_DETACHED 8u
#define TRACE_THREAD_MAIN 16u /* the thread the process began with */
#define TRACE_THREAD_FOREIGN \
	32u /* not created through pthread_create as far as was seen: order unknown */
#define TRACE_THREAD_AWAITED 128u /* another thread has begun to wait for its end */
#define TRACE_THREAD_FAILED 64u	  /* pthread_create failed: it never existed */
/* It has waited for a thread's end, a semaphore or a lock on a file where others could cancel it:
 * cancellation was enabled, and the program has pthread_cancel. */
#define TRACE_THREAD_CANCELLABLE 256u

/*
 * What threads do with objects that order them: E(code, name, what it is). Who posts, arrives,
 * signals or is before gives way to others (he *releases*); who takes, leaves, is woken, passes or
 * is after had to wait for others (he *acquires*).
 */
#define TRACE_EVENTS(E) \
	E(1, posted, "posts a semaphore") \
	E(2, taken, "has taken a semaphore, without a limit of time") \
	E(3, arrived, "comes to a barrier") \
	E(4, left, "leaves a barrier") \
	E(5, signalled, "signals a condition, to one or to all") \
	E(6, woken, "comes back from a condition wait that had no limit of time") \
	E(7, passed, "comes back from a one-time initialisation") \
	E(8, before, "says that what it did comes before") \
	E(9, after, "says that what it does comes after") \
	E(10, opened, "gives back a semaphore that it made, and took before all others") \
	E(11, through, "has taken a semaphore after that")

enum trace_event_kind {
#define E(code, name, help) TRACE_EVENT_##name = code,
	TRACE_EVENTS(E)
#undef E
};

/* Bits of tally.flags. */
#define TRACE_TALLY_MORE 1u /* there were more than were counted */
/* Signals of a condition: each was one that lets a single waiter go (pthread_cond_signal,
 * cnd_signal). Mutable. */
#define TRACE_TALLY_ONE_EACH 2u

/* Bits of label.flags. */
#define TRACE_LABEL_LEVEL 1u /* it has an order class, and a level */

/* Bits of stack.flags. */
#define TRACE_STACK_CUT 1u /* there were more frames than fitted */
#define TRACE_STACK_SITE_ONLY \
	2u /* only the call site is known (unwinder not available, or not yet) */
#define TRACE_STACK_HANDLER \
	4u /* the outermost frame is a signal handler; what it interrupted is left out */

/*
 * The records. R(code, name, tail, what it is); the fields of record `name` are
 * GORDIAN_FIELDS_name, F(type, name, meaning), and A(type, name, length, meaning) for an array.
 * Tail: `none`; `text`: NUL-terminated strings up to the record's end, zero-padded; `words`:
 * uint64_t values; `held`: struct trace_held_entry values; `slots`: struct trace_slot values.
 */
#define TRACE_RECORDS(R) \
	R(1, process, text, "the process image; text: executable, then each argument") \
	R(2, module, text, "a loaded object file; text: path, build-id in hex") \
	R(3, thread, none, "a thread") \
	R(4, stack, words, \
	  "a call stack; words: program counters, innermost first, the caller of the lock " \
	  "function " \
	  "being the first; each is a return address") \
	R(5, lock, none, "one life of a lock") \
	R(6, node, none, \
	  "a situation: this thread takes this lock, here, while holding what the path to the " \
	  "root " \
	  "holds") \
	R(7, span, none, "an earlier span of epochs in which a node's situation occurred") \
	R(8, wait, none, \
	  "a place where a thread had to wait: the contended acquisitions of one node") \
	R(9, histogram, none, "how long a lock was held, sampled") \
	R(10, held, held, "what a live thread holds, outermost first, and wants: mutable") \
	R(11, exec, text, "an exec was about to happen; text: path") \
	R(12, misuse, none, "a rule was broken, at one place, with one lock") \
	R(13, counts, slots, "how often a thread met situations again") \
	R(14, forked, none, "the process image began as a fork of another that was recorded") \
	R(15, identity, none, "a lock in shared memory: what it is in every process that has it") \
	R(16, trial, none, "what the failed tries of one node were followed by") \
	R(17, label, text, "what the program calls a lock; text: its name, its order class") \
	R(18, ignored, none, "what a thread did in regions that the program wants ignored") \
	R(19, sync, none, "a place where the program says that one thing happens before another") \
	R(20, event, none, \
	  "a thread gave way to others, or came to where it had to wait for them") \
	R(21, tally, none, "how often one thread did so with one object") \
	R(22, deadlock, none, "one thread's part in a deadlock that the recorder saw happen") \
	R(23, futex, none, \
	  "a place that calls futex directly: the recorder does not know who waits there for " \
	  "what") \
	R(24, handlers, none, "the signals that the program has handlers for") \
	R(25, across, none, "what a thread held when an epoch of it ended, and in the next one") \
	R(26, children, none, "children of forks that have no trace of their own") \
	R(27, wakes, none, "when one thread after the other last woke others, object by object") \
	R(31, blind, none, "a thread came to where it had to wait, and that is no event") \
	R(32, signal, none, "a thread signalled a condition that nobody was seen to wait for") \
	R(33, reaped, none, \
	  "a child of this process was killed by a signal, as a wait for it told") \
	R(34, awaited, none, "a child of this process had ended, as a wait of a thread told") \
	R(35, open_file, none, "a lock on a file belongs to an open file, not to the process") \
	R(36, begun, none, "children of forks that began something that is recorded") \
	R(37, runtime, none, \
	  "the signals of which the handler is what a language runtime installs as it starts") \
	R(38, unordered, none, \
	  "what orders threads, and was no longer written down for being too many") \
	R(39, guarded, none, \
	  "a thread lived while who created and joined it held something all the time") \
	R(40, alarms, none, "the signals that the process asked the kernel to send it later")

#define TRACE_FIELDS_process(F, A) \
	F(uint32_t, pid, "process id") \
	F(uint32_t, argument_count, "number of arguments that follow the executable in the text")

#define TRACE_FIELDS_module(F, A) \
	F(uint64_t, start, "lowest address mapped") \
	F(uint64_t, end, "first address after it") \
	F(uint64_t, bias, "run-time address minus address in the file") \
	F(uint32_t, loaded, "module-map generation in which it appeared") \
	F(uint32_t, unloaded, "generation in which it was gone; UINT32_MAX while loaded; mutable")

/*
 * A thread's epoch counts its own create and join calls, and its events: it is advanced after the
 * start of a thread was prepared (what the creator did in epochs <= create_epoch happens before all
 * the new thread does) and before a successful join is recorded (all the joined thread did happens
 * before what the joiner does in epochs >= join_epoch); after a release, before an acquire (event).
 * One step, one of these: so what lies on both sides of a step is one span without loss.
 */
#define TRACE_FIELDS_thread(F, A) \
	F(uint32_t, number, "1, 2, … in order of creation within the process image") \
	F(uint32_t, tid, "kernel thread id; mutable") \
	F(uint32_t, creator, "thread reference; 0: none or unknown") \
	F(uint32_t, create_epoch, "the creator's epoch at the time") \
	F(uint32_t, created_stack, "stack reference") \
	F(uint32_t, state, "TRACE_THREAD_ bits; mutable") \
	F(uint32_t, joined_by, "thread reference; mutable") \
	F(uint32_t, join_epoch, "the joiner's epoch after the join; mutable") \
	F(uint64_t, start_routine, "address; 0: main or unknown") \
	A(char, name, TRACE_NAME_SIZE, "the name as last seen; mutable")

#define TRACE_FIELDS_stack(F, A) \
	F(uint32_t, generation, "module-map generation the addresses belong to") \
	F(uint16_t, count, "program counters in the tail") \
	F(uint16_t, flags, "TRACE_STACK_ bits")

#define TRACE_FIELDS_lock(F, A) \
	F(uint64_t, address, "address in the process; mutable") \
	F(uint32_t, kind, "enum trace_lock_kind") \
	F(uint32_t, flags, "TRACE_LOCK_ bits; mutable") \
	F(uint32_t, created_stack, "stack reference: where it was initialised, else first used") \
	F(uint32_t, created_by, "thread reference; mutable") \
	F(uint32_t, generation, "module-map generation at the time; mutable") \
	F(uint32_t, hold_histogram, "histogram reference; 0: none; mutable") \
	F(uint64_t, hold_samples, "holds that were timed; mutable") \
	F(uint64_t, hold_total, "ticks, their sum; mutable") \
	F(uint64_t, hold_max, "ticks; mutable") \
	F(uint32_t, lives, \
	  "locks that this record stands for, made at the same place, one after the other; " \
	  "inside at " \
	  "most one of them, the last, something else was taken; 0: one; mutable") \
	F(uint32_t, zero, "0")

/*
 * A node whose count is 0 was never acquired in this situation: it stands for what stayed held
 * after an unlock out of order (hand-over-hand), as the parent of what was acquired next. Epochs:
 * the newest span of epochs in which it occurred; older spans are span records.
 */
#define TRACE_FIELDS_node(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, parent, "node reference: what was held; 0: nothing") \
	F(uint32_t, lock, "lock reference") \
	F(uint32_t, stack, "stack reference; 0: unknown") \
	F(uint16_t, op, "enum trace_op") \
	F(uint16_t, spans, "span records of this node; mutable") \
	F(uint32_t, wait, "wait reference; 0: never had to wait; mutable") \
	F(uint64_t, count, "acquisitions, those that are counted in slots left out; mutable") \
	F(uint32_t, first_epoch, "first epoch of the newest span; mutable") \
	F(uint32_t, last_epoch, "last epoch of the newest span; mutable")

#define TRACE_FIELDS_span(F, A) \
	F(uint32_t, node, "node reference") \
	F(uint32_t, first_epoch, "first epoch") \
	F(uint32_t, last_epoch, "last epoch") \
	F(uint32_t, zero, "0")

#define TRACE_FIELDS_wait(F, A) \
	F(uint32_t, node, "node reference") \
	F(uint32_t, stack, "stack reference: one full stack of a wait here") \
	F(uint64_t, count, "contended acquisitions; mutable") \
	F(uint64_t, total, "ticks waited; mutable") \
	F(uint64_t, max, "ticks of the longest wait; mutable") \
	A(uint32_t, buckets, TRACE_BUCKETS, "waits by length; mutable")

#define TRACE_FIELDS_histogram(F, A) \
	F(uint32_t, lock, "lock reference") \
	F(uint32_t, zero, "0") \
	A(uint32_t, buckets, TRACE_BUCKETS, "sampled holds by length; mutable")

/*
 * The locks are those of the entries before the first whose lock is 0. The newest of them may still
 * be waited for: a lock that was free an instant before is entered first and taken then.
 */
#define TRACE_FIELDS_held(F, A) \
	F(uint32_t, room, "entries there is room for") \
	F(uint32_t, zero, "0") \
	F(uint64_t, want_mutex, \
	  "in a condition wait: address of the mutex it takes again at the end, which may be " \
	  "what it waits for by now; else 0") \
	F(uint32_t, want_op, "enum trace_op; valid while want is not 0 and want_since is not 0") \
	F(uint32_t, want_stack, "stack reference; 0: not known") \
	F(uint32_t, thread, "thread reference; 0: not in use") \
	F(uint32_t, epoch, "the thread's epoch") \
	F(uint64_t, want, \
	  "address of the lock it is acquiring now, or TRACE_THREAD_ADDRESS of a thread that it " \
	  "joins, or TRACE_CHILD_ADDRESS; 0: none. May be set for an instant without waiting") \
	F(uint64_t, want_since, "ticks when it began to wait; 0: not known to be waiting")

/*
 * Where a thread finds its situations, so that an acquisition touches one line of memory: a node
 * was acquired node.count times and the count of every slot that names it. A count that is moved is
 * added before it is taken away: a process killed between these two stores leaves it twice.
 */
#define TRACE_FIELDS_counts(F, A) \
	F(uint32_t, thread, "thread reference; 0: not in use; mutable") \
	F(uint32_t, slots, "slots in use, free ones included; 0: retired; mutable") \
	F(uint32_t, first, "offset of the first slot in the record: slots begin on a cache line") \
	F(uint32_t, zero, "0")

/* The newest label of a lock counts. A text is empty where there is none. */
#define TRACE_FIELDS_label(F, A) \
	F(uint32_t, lock, "lock reference") \
	F(uint32_t, flags, "TRACE_LABEL_ bits") \
	F(uint64_t, level, "of the order class: an int; valid with TRACE_LABEL_LEVEL")

#define TRACE_FIELDS_ignored(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, zero, "0") \
	F(uint64_t, regions, "how often it entered one; mutable") \
	F(uint64_t, count, "acquisitions in them, which no node counts; mutable")

#define TRACE_FIELDS_sync(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, stack, "stack reference; 0: unknown") \
	F(uint64_t, object, "address of the object; 0: several, of more than were kept apart") \
	F(uint32_t, after, "1: happens after what was before the same object; 0: before") \
	F(uint32_t, first_epoch, "the thread's epoch when it was first said here") \
	F(uint32_t, last_epoch, "and last; mutable") \
	F(uint32_t, zero, "0") \
	F(uint64_t, count, "how often; mutable")

/*
 * A release is written before the call that makes it (what its thread did in epochs <= epoch comes
 * before it), an acquire after the call that waited (what its thread does in epochs >= epoch comes
 * after it). The first ones of each thread, object and kind are written, the rest is in the tally.
 */
#define TRACE_FIELDS_event(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, lock, "lock reference: the object") \
	F(uint16_t, kind, "enum trace_event_kind") \
	F(uint16_t, act, "enum trace_act or enum trace_op: what was called") \
	F(uint32_t, index, "1, 2, …: which of that kind by this thread with this object") \
	F(uint32_t, epoch, "of the thread: see above") \
	F(uint32_t, node, \
	  "node reference: what was held; for a signal: how the mutex of the condition was " \
	  "taken, " \
	  "be it held or just given back; 0: nothing") \
	F(uint32_t, stack, "stack reference; 0: unknown") \
	F(uint32_t, number, "1, 2, … in the order in which the events of this image were written")

#define TRACE_FIELDS_tally(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, lock, "lock reference: the object") \
	F(uint16_t, kind, "enum trace_event_kind") \
	F(uint16_t, flags, "TRACE_TALLY_ bits; mutable") \
	F(uint32_t, count, "how often; mutable") \
	F(uint32_t, amount, \
	  "what a semaphore's value was at first, plus 1; for how many threads a barrier is; 0: " \
	  "not " \
	  "known, or neither") \
	F(uint32_t, zero, "0")

#define TRACE_FIELDS_futex(F, A) \
	F(uint32_t, stack, "stack reference; 0: all places of more than were kept apart") \
	F(uint32_t, zero, "0") \
	F(uint64_t, count, "how often; mutable")

/*
 * At the end of each of these epochs of its thread, the newest of all that was held was this node,
 * so the sections in which the locks of its path were held go on in the next epoch.
 */
#define TRACE_FIELDS_across(F, A) \
	F(uint32_t, node, "node reference") \
	F(uint32_t, first_epoch, "the first such epoch") \
	F(uint32_t, last_epoch, "the last, of several that follow one another; mutable") \
	F(uint32_t, zero, "0")

/*
 * When its thread last signalled each of a few conditions, left a barrier, or posted a semaphore
 * that it had not taken, written after the call. A wait that is still published may have been ended
 * by then when it began before.
 */
#define TRACE_FIELDS_wakes(F, A) \
	F(uint64_t, others, \
	  "ticks of the newest that is not among the following; 0: none; mutable") \
	A(uint64_t, objects, TRACE_WAKES, "addresses; 0: none; mutable") \
	A(uint64_t, ticks, TRACE_WAKES, "when that was; mutable")

#define TRACE_FIELDS_reaped(F, A) \
	F(uint32_t, pid, "the child's process id") \
	F(uint32_t, signal, "what killed it") \
	F(uint64_t, ticks, "after that was known")

/* All that the child did, in each of its images, comes before what the thread does in epochs >=
 * epoch. The first ones of an image are written. */
#define TRACE_FIELDS_awaited(F, A) \
	F(uint32_t, pid, "the child's process id") \
	F(uint32_t, thread, "thread reference: who waited") \
	F(uint32_t, epoch, "its epoch after the wait") \
	F(uint32_t, node, "node reference: what it held; 0: nothing") \
	F(uint64_t, ticks, "after that was known")

#define TRACE_FIELDS_signal(F, A) \
	F(uint32_t, node, "node reference: what was held") \
	F(uint32_t, epoch, "of the thread, when it did so last; mutable")

#define TRACE_FIELDS_guarded(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, node, "node reference: its path was held, by its thread, without a break")

/* The first time; it may have done so again. */
#define TRACE_FIELDS_blind(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, epoch, "of the thread, after the wait")

#define TRACE_FIELDS_exec(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, failed, "1: the exec failed and the image went on; mutable")

/*
 * Written before the real call is made, which may never return. The act is what broke the rule; the
 * other side is its cause: who holds the lock, or destroyed it, and where. What `with`,
 * `other_lock` and `value` are depends on the rule.
 */
#define TRACE_FIELDS_misuse(F, A) \
	F(uint16_t, rule, "enum trace_misuse_rule") \
	F(uint16_t, act, "enum trace_act or enum trace_op; 0: not known") \
	F(uint16_t, other_act, "the same of the other side") \
	F(uint16_t, zero, "0") \
	F(uint32_t, thread, "thread reference: who did it") \
	F(uint32_t, lock, "lock reference; 0: it is about no lock") \
	F(uint32_t, stack, "stack reference: where; 0: not known") \
	F(uint32_t, with, \
	  "lock reference: a second lock of the act: the mutex of a condition wait; 0: none") \
	F(uint32_t, other_thread, "thread reference: whose act is the cause; 0: not known") \
	F(uint32_t, other_stack, "stack reference: where that was; 0: not known") \
	F(uint32_t, other_lock, "lock reference: the lock of that act; 0: the same") \
	F(uint32_t, target, "thread reference: the thread that the act is about; 0: none") \
	F(uint64_t, count, "how often; mutable") \
	F(uint64_t, value, "a number; mutable") \
	F(uint64_t, most, \
	  "the largest of the numbers that `value` is the sum of; 0: it is no sum; mutable")

/*
 * What the forking thread did in epochs <= epoch happens before all that this image does. The
 * parent's trace is the one with this process id and start.
 */
#define TRACE_FIELDS_forked(F, A) \
	F(uint32_t, parent_pid, "process id of the parent") \
	F(uint32_t, thread_number, "number of the thread that called fork, in the parent's trace") \
	F(uint64_t, parent_start, "start_realtime_ns of the parent's trace") \
	F(uint32_t, epoch, "that thread's epoch at the time") \
	F(uint32_t, thread, "thread reference: the same thread in this image")

/*
 * A closed walk over waits without a limit: the thread of each step waits for what the thread of
 * the next one holds, the last for what the first holds. The steps of a walk follow one another;
 * one that lacks some, for want of space, says nothing. What was seen may have been broken since,
 * by a signal handler, the end of a process; and a join of a thread that can be cancelled
 * (TRACE_THREAD_CANCELLABLE) need not have been for ever. A semaphore in it may turn out to be no
 * lock (TRACE_LOCK_ORDERING): then it was no deadlock.
 */
#define TRACE_FIELDS_deadlock(F, A) \
	F(uint32_t, walk, "1, 2, … within the process image") \
	F(uint16_t, step, "0, 1, … within the walk") \
	F(uint16_t, steps, "how many there are") \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, node, \
	  "node reference: how it holds what the step before it waits for; 0: not known, or it " \
	  "is " \
	  "its end that is waited for") \
	F(uint32_t, lock, "lock reference: what it waits for") \
	F(uint32_t, stack, "stack reference: where; 0: not known") \
	F(uint16_t, op, "enum trace_op") \
	F(uint16_t, zero, "0") \
	F(uint32_t, zero_too, "0") \
	F(uint64_t, since, "ticks when it began to wait")

/* As seen through the calls that install them. */
#define TRACE_FIELDS_handlers(F, A) \
	F(uint64_t, signals, "bit N - 1: signal N has a handler; mutable")

/* Nobody's plan: the program's own code had not begun. */
#define TRACE_FIELDS_runtime(F, A) \
	F(uint64_t, signals, "bit N - 1: signal N has a handler of that kind; mutable")

/* They may have come since, or been called off. Of timer_settime, whatever signal it is. */
#define TRACE_FIELDS_alarms(F, A) F(uint64_t, signals, "bit N - 1: signal N")

/* A child that does nothing that is recorded begins no trace. Written by the children themselves.
 */
#define TRACE_FIELDS_children(F, A) F(uint64_t, ended, "how many ended so; mutable")

/* Without it, what is ordered may look as if it could happen at the same time; nothing is hidden.
 */
#define TRACE_FIELDS_unordered(F, A) \
	F(uint64_t, objects, "lives of semaphores, barriers, conditions and the like; mutable") \
	F(uint64_t, children, "ends of child processes; mutable")

/* Theirs too, so that one that waits for another knows whether there is anything to tell of it. */
#define TRACE_FIELDS_begun(F, A) \
	F(uint64_t, count, "traces of their own, and programs that they became or started; mutable")

/* Locks of the same device, inode and offset, in whichever process, are one lock. */
#define TRACE_FIELDS_identity(F, A) \
	F(uint32_t, lock, "lock reference") \
	F(uint32_t, zero, "0") \
	F(uint64_t, device, "of the file that its memory is a mapping of") \
	F(uint64_t, inode, "of that file") \
	F(uint64_t, offset, "of the lock in that file, in bytes")

#define TRACE_OPEN_FILE_INHERITED 1u /* the parent has it, too, by a number that is not known */
#define TRACE_OPEN_FILE_UNCERTAIN 2u /* it may have it: that could not be asked */

/*
 * Locks on a file without this are their process's. The identity says that two are the same lock,
 * this whose it is: it keeps out everybody but its owner.
 */
#define TRACE_FIELDS_open_file(F, A) \
	F(uint32_t, lock, "lock reference") \
	F(uint32_t, flags, "TRACE_OPEN_FILE_ bits") \
	F(uint64_t, number, \
	  "of the open file, the same in all processes that have it; 0: one of several")

/*
 * A try that fails and is followed by a wait for the same lock belonged to an acquisition that
 * would wait; one that is followed by anything else did not. What follows is the thread's next call
 * on any lock of the family. Tries of what the thread holds itself are left out.
 *
 * Semaphores are tried so. Of other locks that were asked for by a try or with a time limit: who
 * was refused, and asks again and again while it goes on holding what the path of the node says,
 * waits; who gives that back without having got the lock did not wait.
 */
#define TRACE_FIELDS_trial(F, A) \
	F(uint32_t, node, "node reference: the situation of the try") \
	F(uint32_t, asked, "how often node.count counts what was no acquisition; mutable") \
	F(uint64_t, waited, "failed, then waited without a limit; mutable") \
	F(uint64_t, timed, "failed, then waited for a bounded time; mutable") \
	F(uint64_t, abandoned, "failed, then did something else; mutable")

enum trace_type {
#define R(code, name, tail, help) TRACE_TYPE_##name = code,
	TRACE_RECORDS(R)
#undef R
		TRACE_TYPES /* one more than the last code */
};

#define TRACE_FIELD_MEMBER(type, name, help) type name;
#define TRACE_ARRAY_MEMBER(type, name, length, help) type name[length];
#define R(code, name, tail, help) \
	struct trace_##name { \
		struct trace_record head; \
		TRACE_FIELDS_##name(TRACE_FIELD_MEMBER, TRACE_ARRAY_MEMBER) \
	};
TRACE_RECORDS(R)
#undef R
#undef TRACE_FIELD_MEMBER
#undef TRACE_ARRAY_MEMBER

/* In place of an address: the lock was given back, and others that were taken later were not yet.
 * Their nodes may be those of the situations in which it was still held. */
#define TRACE_HELD_HOLE 1

/* One lock on a thread's held stack. */
struct trace_held_entry {
	uint64_t lock; /* address; TRACE_HELD_HOLE; 0: none */
	uint64_t key;  /* recorder-private */
	uint32_t node; /* node reference; 0: could not be recorded */
	uint32_t zero;
	uint64_t since; /* ticks when acquired, when this hold is timed; else 0 */
};

/* What a thread remembers of a situation. */
struct trace_slot {
	uint64_t key;	/* recorder-private; 0: free */
	uint32_t node;	/* node reference */
	uint32_t count; /* acquisitions that node.count does not have */
};

#define R(code, name, tail, help) \
	_Static_assert(sizeof(struct trace_##name) % 8 == 0, \
		       #name " record is not a multiple of 8 long");
TRACE_RECORDS(R)
#undef R
_Static_assert(sizeof(struct trace_header) <= TRACE_HEADER_SIZE, "trace header does not fit");

#endif
