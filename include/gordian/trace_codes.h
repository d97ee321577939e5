/*
 * What the numbers and the bits in a trace's fields mean (trace_format.h): operations, acts, kinds
 * of locks, rules, events, and why something was not recorded. Each set is one table. Codes are
 * append-only and never reused.
 */
#ifndef GORDIAN_TRACE_CODES_H
#define GORDIAN_TRACE_CODES_H

#include <stdint.h>

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
#define TRACE_OP_LIMITED 64u  /* a condition wait that had a limit of time takes its mutex again */

#define TRACE_OPS(O) \
	O(1, mutex_lock, "pthread_mutex_lock", mutex, 0) \
	O(2, mutex_trylock, "pthread_mutex_trylock", mutex, TRACE_OP_TRY) \
	O(3, mutex_timedlock, "pthread_mutex_timedlock", mutex, TRACE_OP_TIMED) \
	O(4, mutex_clocklock, "pthread_mutex_clocklock", mutex, TRACE_OP_TIMED) \
	O(5, cond_wait, "pthread_cond_wait", mutex, TRACE_OP_REACQUIRE) \
	O(6, cond_timedwait, "pthread_cond_timedwait", mutex, \
	  TRACE_OP_REACQUIRE | TRACE_OP_LIMITED) \
	O(7, cond_clockwait, "pthread_cond_clockwait", mutex, \
	  TRACE_OP_REACQUIRE | TRACE_OP_LIMITED) \
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
	O(30, cnd_timedwait, "cnd_timedwait", mutex, TRACE_OP_REACQUIRE | TRACE_OP_LIMITED) \
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
	O(42, g_cond_wait_until, "g_cond_wait_until", mutex, \
	  TRACE_OP_REACQUIRE | TRACE_OP_LIMITED) \
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
	O(61, g_cond_timed_wait, "g_cond_timed_wait", mutex, \
	  TRACE_OP_REACQUIRE | TRACE_OP_LIMITED) \
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
	O(107, system, "system", process, TRACE_OP_WAIT) \
	O(108, omp_set_nest_lock, "omp_set_nest_lock", mutex, 0) \
	O(109, omp_test_nest_lock, "omp_test_nest_lock", mutex, TRACE_OP_TRY) \
	O(110, omp_ordered, "omp ordered", mutex, 0)

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
	A(309, omp_parallel, "omp parallel", "begins") \
	A(310, omp_parallel_end, "omp parallel", "ends") \
	A(311, omp_barrier, "omp barrier", "waits at") \
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
/* What is counted of it was done with others, too, that were made there: who made it took each of
 * them once at each place. Mutable. */
#define TRACE_LOCK_ALIKE 4096u
/* Rounds of threads did with it what an earlier one had done, and left nothing
 * (preload/meetings.h): who has to wait for whom is known, but not what else might have let him go
 * on, so it orders nothing. Mutable. */
#define TRACE_LOCK_FEWER 8192u
/* Of such a one: nobody but the rounds and their creator has had it, and he not in the midst of one
 * that left nothing; of a semaphore others may have taken, too, but none has posted before the last
 * of those rounds was over. Mutable. */
#define TRACE_LOCK_INSIDE 16384u

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
#define TRACE_THREAD_FAILED \
	64u /* pthread_create failed, or another record stands for it: there is none */
/* It has waited for a thread's end, a semaphore or a lock on a file where others could cancel it:
 * cancellation was enabled, and the program has pthread_cancel. */
#define TRACE_THREAD_CANCELLABLE 256u
#define TRACE_THREAD_CREATED 512u /* the call that created it has returned */
/* What it took last before it ended, inside nothing, is its newest node. */
#define TRACE_THREAD_NEWEST_LAST 1024u

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
	E(11, through, "has taken a semaphore after that") \
	E(12, woken_again, \
	  "comes back from a wait that followed another one for the same condition, in one hold " \
	  "of " \
	  "the mutex") \
	E(13, unawaited, \
	  "signals a condition that nobody was seen to wait for: it held its node, or held that " \
	  "last") \
	E(14, came, \
	  "takes a mutex, for the first time so, that a condition was signalled under before") \
	E(15, came_to, "the same of a condition, which it is that was signalled last") \
	E(16, unused, "nothing: neither the event nor the tally is there any more, or yet")

/* The index of an event came_to: the mutex's place in memory. */
#define TRACE_EVENT_PLACE(address) ((uint32_t)((uint64_t)(address) >> 3))

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

#endif
