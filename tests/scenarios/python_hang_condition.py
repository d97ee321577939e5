"""A thread waits for a condition that nobody is left to notify, and the main thread joins it. Python has
installed a handler for SIGINT by itself; that somebody may end the program by it is no way out.
"""
# EXPECT hang observed
# HANGS
# KILLED
import threading

condition = threading.Condition()


def work():
    with condition:
        condition.wait()


thread = threading.Thread(target=work)
thread.start()
thread.join()
