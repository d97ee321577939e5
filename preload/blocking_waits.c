/* Calls that wait for a time, an event, a signal or a message. */
#include "blocking.h"
#include "handlers.h"

#include <mqueue.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/msg.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

INTERPOSE(sleep)
unsigned sleep(unsigned seconds)
{
	BLOCKING(sleep, REAL(sleep)(seconds));
}

INTERPOSE(usleep)
int usleep(useconds_t time)
{
	BLOCKING(usleep, REAL(usleep)(time));
}

INTERPOSE(nanosleep)
int nanosleep(const struct timespec *time, struct timespec *left)
{
	BLOCKING(nanosleep, REAL(nanosleep)(time, left));
}

int __nanosleep(const struct timespec *time, struct timespec *left);
INTERPOSE(__nanosleep)
int __nanosleep(const struct timespec *time, struct timespec *left)
{
	BLOCKING(nanosleep, REAL(__nanosleep)(time, left));
}

INTERPOSE(clock_nanosleep)
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, struct timespec *left)
{
	BLOCKING(clock_nanosleep, REAL(clock_nanosleep)(clock, flags, time, left));
}

INTERPOSE(thrd_sleep)
int thrd_sleep(const struct timespec *time, struct timespec *left)
{
	BLOCKING(thrd_sleep, REAL(thrd_sleep)(time, left));
}

INTERPOSE(poll)
OFTEN int poll(struct pollfd *fds, nfds_t count, int limit)
{
	BLOCKING(poll, REAL(poll)(fds, count, limit));
}

int __poll(struct pollfd *fds, nfds_t count, int limit);
INTERPOSE(__poll)
int __poll(struct pollfd *fds, nfds_t count, int limit)
{
	BLOCKING(poll, REAL(__poll)(fds, count, limit));
}

int __poll_chk(struct pollfd *fds, nfds_t count, int limit, size_t room);
INTERPOSE(__poll_chk)
int __poll_chk(struct pollfd *fds, nfds_t count, int limit, size_t room)
{
	BLOCKING(poll, REAL(__poll_chk)(fds, count, limit, room));
}

INTERPOSE(select)
int select(int count, fd_set *in, fd_set *out, fd_set *special, struct timeval *limit)
{
	BLOCKING(select, REAL(select)(count, in, out, special, limit));
}

int __select(int count, fd_set *in, fd_set *out, fd_set *special, struct timeval *limit);
INTERPOSE(__select)
int __select(int count, fd_set *in, fd_set *out, fd_set *special, struct timeval *limit)
{
	BLOCKING(select, REAL(__select)(count, in, out, special, limit));
}

INTERPOSE(epoll_wait)
OFTEN int epoll_wait(int fd, struct epoll_event *events, int count, int limit)
{
	BLOCKING(epoll_wait, REAL(epoll_wait)(fd, events, count, limit));
}

INTERPOSE(pause)
int pause(void)
{
	BLOCKING(pause, REAL(pause)());
}

INTERPOSE(sigwait)
int sigwait(const sigset_t *set, int *number)
{
	BLOCKING(sigwait, REAL(sigwait)(set, number));
}

INTERPOSE(sigwaitinfo)
int sigwaitinfo(const sigset_t *set, siginfo_t *info)
{
	BLOCKING(sigwaitinfo, REAL(sigwaitinfo)(set, info));
}

INTERPOSE(sigtimedwait)
int sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *limit)
{
	BLOCKING(sigtimedwait, REAL(sigtimedwait)(set, info, limit));
}

INTERPOSE(msgrcv)
ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	BLOCKING(msgrcv, REAL(msgrcv)(id, message, size, type, flags));
}

INTERPOSE(msgsnd)
int msgsnd(int id, const void *message, size_t size, int flags)
{
	BLOCKING(msgsnd, REAL(msgsnd)(id, message, size, flags));
}

INTERPOSE(semop)
int semop(int id, struct sembuf *operations, size_t count)
{
	BLOCKING(semop, REAL(semop)(id, operations, count));
}

INTERPOSE(semtimedop)
int semtimedop(int id, struct sembuf *operations, size_t count, const struct timespec *limit)
{
	BLOCKING(semtimedop, REAL(semtimedop)(id, operations, count, limit));
}

INTERPOSE(mq_receive)
ssize_t mq_receive(mqd_t queue, char *buffer, size_t size, unsigned *priority)
{
	BLOCKING(mq_receive, REAL(mq_receive)(queue, buffer, size, priority));
}

INTERPOSE(mq_send)
int mq_send(mqd_t queue, const char *buffer, size_t size, unsigned priority)
{
	BLOCKING(mq_send, REAL(mq_send)(queue, buffer, size, priority));
}

INTERPOSE(mq_timedreceive)
ssize_t mq_timedreceive(mqd_t queue, char *buffer, size_t size, unsigned *priority,
			const struct timespec *until)
{
	BLOCKING(mq_timedreceive, REAL(mq_timedreceive)(queue, buffer, size, priority, until));
}

INTERPOSE(mq_timedsend)
int mq_timedsend(mqd_t queue, const char *buffer, size_t size, unsigned priority,
		 const struct timespec *until)
{
	BLOCKING(mq_timedsend, REAL(mq_timedsend)(queue, buffer, size, priority, until));
}

/* With a mask of its own meanwhile, which may let in signals that are blocked else. */
#define BLOCKING_MASKED(act_, mask_, call) \
	do { \
		struct thread *self = current_thread; \
		if (likely(!self || !thread_depth(self))) \
			return call; \
		handlers_let_in(self, mask_); \
		BLOCKING_UNDER_LOCK(self, act_, call); \
	} while (0)

INTERPOSE(ppoll)
int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *limit, const sigset_t *mask)
{
	BLOCKING_MASKED(ppoll, mask, REAL(ppoll)(fds, count, limit, mask));
}

int __ppoll_chk(struct pollfd *fds, nfds_t count, const struct timespec *limit,
		const sigset_t *mask, size_t room);
INTERPOSE(__ppoll_chk)
int __ppoll_chk(struct pollfd *fds, nfds_t count, const struct timespec *limit,
		const sigset_t *mask, size_t room)
{
	BLOCKING_MASKED(ppoll, mask, REAL(__ppoll_chk)(fds, count, limit, mask, room));
}

INTERPOSE(pselect)
int pselect(int count, fd_set *in, fd_set *out, fd_set *special, const struct timespec *limit,
	    const sigset_t *mask)
{
	BLOCKING_MASKED(pselect, mask, REAL(pselect)(count, in, out, special, limit, mask));
}

INTERPOSE(epoll_pwait)
int epoll_pwait(int fd, struct epoll_event *events, int count, int limit, const sigset_t *mask)
{
	BLOCKING_MASKED(epoll_pwait, mask, REAL(epoll_pwait)(fd, events, count, limit, mask));
}

INTERPOSE(epoll_pwait2)
int epoll_pwait2(int fd, struct epoll_event *events, int count, const struct timespec *limit,
		 const sigset_t *mask)
{
	BLOCKING_MASKED(epoll_pwait2, mask, REAL(epoll_pwait2)(fd, events, count, limit, mask));
}

INTERPOSE(sigsuspend)
int sigsuspend(const sigset_t *mask)
{
	BLOCKING_MASKED(sigsuspend, mask, REAL(sigsuspend)(mask));
}

int __sigsuspend(const sigset_t *mask);
INTERPOSE(__sigsuspend)
int __sigsuspend(const sigset_t *mask)
{
	BLOCKING_MASKED(sigsuspend, mask, REAL(__sigsuspend)(mask));
}
