"""The near miss of python_hang_condition.py in the other direction: the program installs a handler for
SIGINT, the signal that Python has a handler for anyway, and another process, which it cannot know,
sends it after longer than hang_timeout.
"""
# EXPECT clean
import os
import signal
import subprocess
import threading

done = threading.Event()
signal.signal(signal.SIGINT, lambda number, frame: done.set())
subprocess.Popen(f"(sleep 3.5; kill -INT {os.getpid()}) &", shell=True).wait()
done.wait()
