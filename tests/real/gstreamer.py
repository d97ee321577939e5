"""GStreamer, which is GLib all through: a file goes through three threads with queues between, and
then buffers go to two sinks at once.
"""
from compress import digest, make_input

PROGRAM = "gst-launch-1.0, queues"
PACKAGES = {"gst-launch-1.0": "gstreamer1.0-tools"}
INPUT_BYTES = 2 << 20
BUFFERS = 2000
THREADS = 4 + 4  # the first one and one for each source and queue
OPERATIONS = 10 * BUFFERS
JUDGED = []
# Nothing is read or written in the home directory, and no other process looks for plug-ins.
ENVIRONMENT = {"GST_REGISTRY": "registry", "GST_REGISTRY_FORK": "no"}


def launch(session, *pipeline):
    code, out, err = session.run("gst-launch-1.0", "-q", *pipeline, environment=ENVIRONMENT)
    return {"exit code": code, "standard output": out, "standard error": err}


def drive(session):
    make_input(session.path("input"), INPUT_BYTES)
    copied = launch(session, "filesrc", "location=input", "!", "queue", "!", "identity", "!",
                    "queue", "!", "filesink", "location=output")
    with open(session.path("output"), "rb") as file:
        written = digest(file.read())
    shown = launch(session, "fakesrc", f"num-buffers={BUFFERS}", "!", "tee", "name=t", "t.", "!",
                   "queue", "!", "fakesink", "t.", "!", "queue", "!", "fakesink")
    return {"copied": copied, "the copy": written, "shown": shown}
