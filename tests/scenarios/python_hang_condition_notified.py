"""The near miss of python_hang_condition.py: the main thread notifies the condition before it joins the
thread that waits for it; when that has been notified, it says so under the lock.
"""
# EXPECT none
import threading

condition = threading.Condition()
notified = False


def work():
    with condition:
        while not notified:
            condition.wait()


thread = threading.Thread(target=work)
thread.start()
with condition:
    notified = True
    condition.notify()
thread.join()
