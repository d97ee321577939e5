/* Calls that may block on another end of a network, and those that look up its names. */
#include "blocking.h"

#include <netdb.h>
#include <sys/socket.h>

INTERPOSE(recv)
OFTEN ssize_t recv(int fd, void *buffer, size_t size, int flags)
{
	BLOCKING(recv, REAL(recv)(fd, buffer, size, flags));
}

ssize_t __recv_chk(int fd, void *buffer, size_t size, size_t room, int flags);
INTERPOSE(__recv_chk)
ssize_t __recv_chk(int fd, void *buffer, size_t size, size_t room, int flags)
{
	BLOCKING(recv, REAL(__recv_chk)(fd, buffer, size, room, flags));
}

INTERPOSE(recvfrom)
ssize_t recvfrom(int fd, void *buffer, size_t size, int flags, __SOCKADDR_ARG from,
		 socklen_t *length)
{
	BLOCKING(recvfrom, REAL(recvfrom)(fd, buffer, size, flags, from, length));
}

ssize_t __recvfrom_chk(int fd, void *buffer, size_t size, size_t room, int flags,
		       __SOCKADDR_ARG from, socklen_t *length);
INTERPOSE(__recvfrom_chk)
ssize_t __recvfrom_chk(int fd, void *buffer, size_t size, size_t room, int flags,
		       __SOCKADDR_ARG from, socklen_t *length)
{
	BLOCKING(recvfrom, REAL(__recvfrom_chk)(fd, buffer, size, room, flags, from, length));
}

INTERPOSE(recvmsg)
OFTEN ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	BLOCKING(recvmsg, REAL(recvmsg)(fd, message, flags));
}

INTERPOSE(recvmmsg)
int recvmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags, struct timespec *limit)
{
	BLOCKING(recvmmsg, REAL(recvmmsg)(fd, messages, count, flags, limit));
}

INTERPOSE(send)
OFTEN ssize_t send(int fd, const void *buffer, size_t size, int flags)
{
	BLOCKING(send, REAL(send)(fd, buffer, size, flags));
}

ssize_t __send(int fd, const void *buffer, size_t size, int flags);
INTERPOSE(__send)
ssize_t __send(int fd, const void *buffer, size_t size, int flags)
{
	BLOCKING(send, REAL(__send)(fd, buffer, size, flags));
}

INTERPOSE(sendto)
ssize_t sendto(int fd, const void *buffer, size_t size, int flags, __CONST_SOCKADDR_ARG to,
	       socklen_t length)
{
	BLOCKING(sendto, REAL(sendto)(fd, buffer, size, flags, to, length));
}

INTERPOSE(sendmsg)
OFTEN ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
	BLOCKING(sendmsg, REAL(sendmsg)(fd, message, flags));
}

INTERPOSE(sendmmsg)
int sendmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags)
{
	BLOCKING(sendmmsg, REAL(sendmmsg)(fd, messages, count, flags));
}

INTERPOSE(accept)
int accept(int fd, __SOCKADDR_ARG from, socklen_t *length)
{
	BLOCKING(accept, REAL(accept)(fd, from, length));
}

INTERPOSE(accept4)
int accept4(int fd, __SOCKADDR_ARG from, socklen_t *length, int flags)
{
	BLOCKING(accept4, REAL(accept4)(fd, from, length, flags));
}

INTERPOSE(connect)
int connect(int fd, __CONST_SOCKADDR_ARG to, socklen_t length)
{
	BLOCKING(connect, REAL(connect)(fd, to, length));
}

int __connect(int fd, __CONST_SOCKADDR_ARG to, socklen_t length);
INTERPOSE(__connect)
int __connect(int fd, __CONST_SOCKADDR_ARG to, socklen_t length)
{
	BLOCKING(connect, REAL(__connect)(fd, to, length));
}

INTERPOSE(getaddrinfo)
int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
		struct addrinfo **found)
{
	BLOCKING(getaddrinfo, REAL(getaddrinfo)(name, service, hints, found));
}

INTERPOSE(getnameinfo)
int getnameinfo(const struct sockaddr *address, socklen_t length, char *host, socklen_t host_size,
		char *service, socklen_t service_size, int flags)
{
	BLOCKING(getnameinfo,
		 REAL(getnameinfo)(address, length, host, host_size, service, service_size, flags));
}

INTERPOSE(gethostbyname)
struct hostent *gethostbyname(const char *name)
{
	BLOCKING(gethostbyname, REAL(gethostbyname)(name));
}

INTERPOSE(gethostbyname2)
struct hostent *gethostbyname2(const char *name, int family)
{
	BLOCKING(gethostbyname, REAL(gethostbyname2)(name, family));
}

INTERPOSE(gethostbyname_r)
int gethostbyname_r(const char *name, struct hostent *entry, char *buffer, size_t size,
		    struct hostent **found, int *error)
{
	BLOCKING(gethostbyname, REAL(gethostbyname_r)(name, entry, buffer, size, found, error));
}

INTERPOSE(gethostbyname2_r)
int gethostbyname2_r(const char *name, int family, struct hostent *entry, char *buffer, size_t size,
		     struct hostent **found, int *error)
{
	BLOCKING(gethostbyname,
		 REAL(gethostbyname2_r)(name, family, entry, buffer, size, found, error));
}

INTERPOSE(gethostbyaddr)
struct hostent *gethostbyaddr(const void *address, socklen_t length, int family)
{
	BLOCKING(gethostbyaddr, REAL(gethostbyaddr)(address, length, family));
}

INTERPOSE(gethostbyaddr_r)
int gethostbyaddr_r(const void *address, socklen_t length, int family, struct hostent *entry,
		    char *buffer, size_t size, struct hostent **found, int *error)
{
	BLOCKING(gethostbyaddr,
		 REAL(gethostbyaddr_r)(address, length, family, entry, buffer, size, found, error));
}
