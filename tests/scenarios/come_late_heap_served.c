/*
 * As come_late_heap.c. Main asks the system, and the C library, for much that they write into its
 * own variables. The near miss is come_late_heap_served_there.c.
 */
/* EXPECT lock-order discharged sync-order first second */
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <time.h>

#include "late_job.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

APART static int bytes_there(int socket)
{
	int bytes;

	CHECK(ioctl(socket, FIONREAD, &bytes) == 0);
	return bytes;
}

static void look_at(int socket)
{
	struct flock lock = {.l_type = F_WRLCK};
	struct pollfd one = {.fd = socket, .events = POLLOUT};
	struct timeval limit = {.tv_sec = 1};
	int kind;
	socklen_t size = sizeof(kind);
	fd_set set;

	CHECK(getsockopt(socket, SOL_SOCKET, SO_TYPE, &kind, &size) == 0 && kind == SOCK_STREAM);
	CHECK(fcntl(socket, F_GETLK, &lock) == 0 || lock.l_type == F_WRLCK);
	CHECK(poll(&one, 1, 0) == 1);
	FD_ZERO(&set);
	FD_SET(socket, &set);
	CHECK(select(socket + 1, NULL, &set, NULL, &limit) == 1);
}

static void talk(void)
{
	struct sockaddr_storage peer;
	socklen_t size = sizeof(peer);
	char text[] = "one two";
	int sockets[2];

	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) == 0);
	look_at(sockets[0]);
	CHECK(bytes_there(sockets[0]) == 0);
	CHECK(getpeername(sockets[0], (struct sockaddr *)&peer, &size) == 0);
	CHECK(send(sockets[1], text, sizeof(text), 0) == sizeof(text));
	CHECK(recvfrom(sockets[0], text, sizeof(text), 0, NULL, NULL) == sizeof(text));
	CHECK(strcmp(text, "one two") == 0);
	close(sockets[0]);
	close(sockets[1]);
}

int main(void)
{
	struct utsname name;
	struct tm date;
	time_t now = time(NULL);
	struct job *job = job_new(7);

	CHECK(uname(&name) == 0 && localtime_r(&now, &date));
	talk();
	run_job(job);
	return 0;
}
