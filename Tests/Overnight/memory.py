"""The memory of a long night: memory.py AFTERCLASS RECORDING COUNT WORK

Makes COUNT recordings of one (a byte behind its end makes another recording of it) and analyses them in one night;
prints the largest resident size of the night itself and of each recording's child, as /proc tells it four times a
second."""

import os
import shutil
import subprocess
import sys
import time


def peak(process):
    try:
        with open(f"/proc/{process}/status") as file:
            for line in file:
                if line.startswith("VmHWM"):
                    return int(line.split()[1])
    except (FileNotFoundError, ProcessLookupError):
        pass
    return 0


def children(process):
    try:
        found = set()
        for thread in os.listdir(f"/proc/{process}/task"):
            with open(f"/proc/{process}/task/{thread}/children") as file:
                found |= {int(word) for word in file.read().split()}
        return found
    except FileNotFoundError:
        return set()


program, recording, count, work = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
shutil.rmtree(work, ignore_errors=True)
os.makedirs(os.path.join(work, "in"))
with open(recording, "rb") as file:
    content = file.read()
for number in range(count):
    with open(os.path.join(work, "in", f"class {number:03}.mp4"), "wb") as file:
        file.write(content + number.to_bytes(2, "big"))
night = subprocess.Popen(
    [program, "batch", os.path.join(work, "in"), "--output", os.path.join(work, "out"), "--settle", "0",
     "--set", "sample.every=keyframe"],
    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
of_night, of_children, begun = [], {}, time.monotonic()
while night.poll() is None:
    of_night.append(peak(night.pid))
    for child in children(night.pid):
        of_children[child] = max(of_children.get(child, 0), peak(child))
    time.sleep(0.25)
print(night.stdout.read().strip(), f"in {time.monotonic() - begun:.0f} s")
peaks = [size for size in of_children.values() if size]
tenth = max(1, len(peaks) // 10)
print(f"night: {of_night[min(len(of_night) - 1, 40)]} KiB after 10 s, {max(of_night)} KiB at the end")
print(
    f"children seen: {len(peaks)}; first tenth {max(peaks[:tenth])} KiB at most, last tenth {max(peaks[-tenth:])} KiB, "
    f"all {max(peaks)} KiB")
