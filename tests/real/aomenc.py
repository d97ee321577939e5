"""aomenc with two threads, and aomdec back."""
from compress import digest
from video import FRAMES, HEIGHT, WIDTH, make_video

PROGRAM = "aomenc --threads=2, aomdec --threads=2"
PACKAGES = {"aomenc": "aom-tools", "aomdec": "aom-tools"}
OPTIONAL = True
THREADS = 4
OPERATIONS = 2 * FRAMES
JUDGED = []


def drive(session):
    make_video(session.path("video.yuv"))
    code, _, err = session.run(
        "aomenc", "--i420", f"--width={WIDTH}", f"--height={HEIGHT}", "--fps=25/1", "--rt",
        "--cpu-used=8", "--threads=2", "--tile-columns=1", "--row-mt=1", "--passes=1",
        "--target-bitrate=300", "--ivf", "--quiet", "-o", "video.ivf", "video.yuv")
    with open(session.path("video.ivf"), "rb") as file:
        packed = file.read()
    code_back, out, err_back = session.run("aomdec", "--threads=2", "--rawvideo", "--md5",
                                           "video.ivf")
    return {"exit code": code, "standard error": err, "stream": (len(packed), digest(packed)),
            "exit code of decoding": code_back, "decoded": out, "errors of decoding": err_back}
