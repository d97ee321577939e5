"""Every thread waits, for longer than hang_timeout, for an event that only a handler sets: that of the
alarm, which the program has installed. CPython calls it in the main thread when its wait is
interrupted.
"""
# EXPECT clean
import signal
import threading

done = threading.Event()
signal.signal(signal.SIGALRM, lambda number, frame: done.set())
thread = threading.Thread(target=done.wait)
thread.start()
signal.setitimer(signal.ITIMER_REAL, 3.5)
done.wait()
thread.join()
