/*
 * Each of the calls that wait for events runs into its limit of 150 ms while a lock is held.
 */
/* EXPECT blocking-under-lock misuse poll held */
/* EXPECT blocking-under-lock misuse ppoll held */
/* EXPECT blocking-under-lock misuse select held */
/* EXPECT blocking-under-lock misuse pselect held */
/* EXPECT blocking-under-lock misuse epoll_wait held */
/* EXPECT blocking-under-lock misuse epoll_pwait held */
#include "scenario.h"
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *other(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	const struct timespec time = {0, 150000000};
	struct timeval old_time = {0, 150000};
	struct epoll_event event;
	int epoll = epoll_create1(0);

	pthread_mutex_lock(&m);				       /* @held */
	CHECK(poll(NULL, 0, 150) == 0);			       /* @poll */
	CHECK(ppoll(NULL, 0, &time, NULL) == 0);	       /* @ppoll */
	CHECK(select(0, NULL, NULL, NULL, &old_time) == 0);    /* @select */
	CHECK(pselect(0, NULL, NULL, NULL, &time, NULL) == 0); /* @pselect */
	CHECK(epoll_wait(epoll, &event, 1, 150) == 0);	       /* @epoll_wait */
	CHECK(epoll_pwait(epoll, &event, 1, 150, NULL) == 0);  /* @epoll_pwait */
	pthread_mutex_unlock(&m);
	CHECK(poll(NULL, 0, 150) == 0);
	finish(start(other, NULL));
	return 0;
}
