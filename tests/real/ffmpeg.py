"""ffmpeg: a synthetic source, x264 with two threads, frames decoded again with two threads, and
filters that slice; only digests are written. Without losses, because else x264 with threads is not the
same each time.
"""
PROGRAM = "ffmpeg, libx264, threads=2"
PACKAGES = {"ffmpeg": "ffmpeg"}
OPTIONAL = True  # a hundred packages
THREADS = 8
OPERATIONS = 500
JUDGED = []
SOURCE = ["-f", "lavfi", "-i", "testsrc2=size=320x192:rate=25:duration=3"]
QUIET = ["ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-filter_threads", "2"]


def drive(session):
    encode = session.run(*QUIET, *SOURCE, "-vf", "scale=480:288,hue=h=30", "-c:v", "libx264",
                         "-qp", "0", "-preset", "veryfast", "-threads", "2", "-y",
                         "video.mp4")
    decode = session.run(*QUIET, "-threads", "2", "-i", "video.mp4", "-vf", "scale=160:96",
                         "-f", "framemd5", "-")
    return {"encoded": encode, "decoded": decode}
