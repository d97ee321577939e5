/*
 * Reading from a socket on which nothing comes, with a time limit of 150 ms (SO_RCVTIMEO), under a
 * lock: read, recv, recvfrom, recvmsg and accept all wait for it, and say EAGAIN as ever.
 */
/* EXPECT blocking-under-lock misuse read held */
/* EXPECT blocking-under-lock misuse readv held */
/* EXPECT blocking-under-lock misuse recv held */
/* EXPECT blocking-under-lock misuse recvfrom held */
/* EXPECT blocking-under-lock misuse recvmsg held */
/* EXPECT blocking-under-lock misuse accept held */
#include "scenario.h"
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void limit(int fd)
{
	const struct timeval time = {0, 150000};

	CHECK(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof(time)) == 0);
}

static int listener(void)
{
	const struct sockaddr_un any = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	/* A name of the kernel's choice. */
	CHECK(bind(fd, (const struct sockaddr *)&any, sizeof(any.sun_family)) == 0);
	CHECK(listen(fd, 1) == 0);
	limit(fd);
	return fd;
}

static void no_data(ssize_t result)
{
	CHECK(result == -1 && errno == EAGAIN);
	errno = 0;
}

static void *other(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	char byte;
	struct iovec part = {&byte, 1};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	int pair[2], incoming = listener();

	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	limit(pair[0]);
	pthread_mutex_lock(&m);				     /* @held */
	no_data(read(pair[0], &byte, 1));		     /* @read */
	no_data(readv(pair[0], &part, 1));		     /* @readv */
	no_data(recv(pair[0], &byte, 1, 0));		     /* @recv */
	no_data(recvfrom(pair[0], &byte, 1, 0, NULL, NULL)); /* @recvfrom */
	no_data(recvmsg(pair[0], &message, 0));		     /* @recvmsg */
	no_data(accept(incoming, NULL, NULL));		     /* @accept */
	pthread_mutex_unlock(&m);
	finish(start(other, NULL));
	return 0;
}
