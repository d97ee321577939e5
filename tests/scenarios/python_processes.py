"""A script that starts processes: a shell, which starts another one, and a child of its own by fork. Each
has its own output, its own status and its own recording; none of them has anything in a wrong order.
"""
# EXPECT clean
# PROCESSES >=3
# OUTPUT shell
# OUTPUT inner
# OUTPUT statuses 3 4
# EXIT 2
import os
import subprocess
import sys

shell = subprocess.run(["sh", "-c", "echo shell; sh -c 'echo inner'; exit 3"])
sys.stdout.flush()
child = os.fork()
if child == 0:
    os._exit(4)
_, status = os.waitpid(child, 0)
print("statuses", shell.returncode, os.waitstatus_to_exitcode(status))
sys.exit(2)
