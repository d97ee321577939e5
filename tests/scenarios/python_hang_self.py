"""The only thread takes a lock that it has already taken: nobody is left to release it."""
# EXPECT hang observed
# HANGS
# KILLED
import threading

lock = threading.Lock()
lock.acquire()
lock.acquire()
