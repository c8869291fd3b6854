"""Nights under odd conditions, each held to what must come of it: trials.py AFTERCLASS RECORDINGS WORK [NAME...]

RECORDINGS is a folder of a few short recordings. Some trials mount a small file system and need to be root."""

import contextlib
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time

PROGRAM, RECORDINGS, WORK = sys.argv[1:4]
OUTPUT = os.path.join(WORK, "reports")


def run(*words, before=(), wait=True):
    process = subprocess.Popen(
        [*before, PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if not wait:
        return process
    output, errors = process.communicate()
    return process.returncode, output.strip(), errors.strip()


def night(*more, recordings=RECORDINGS, output=OUTPUT, **options):
    return run("batch", recordings, "--output", output, "--settle", "0", *more, **options)


def finished(output=OUTPUT):
    return sum(os.path.exists(os.path.join(output, name, "run.json")) for name in os.listdir(output))


def say(*facts):
    print("  ", *facts, flush=True)


@contextlib.contextmanager
def small_disk(size):
    os.makedirs(OUTPUT)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", OUTPUT], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", OUTPUT], check=True)


def forget_distance():
    """Makes what is to be tried again due at once."""
    database = sqlite3.connect(os.path.join(OUTPUT, "catalogue.sqlite"))
    database.execute("UPDATE failures SET last_try = 0")
    database.commit()
    database.close()


def ten_thousand_files():
    """Discovery of 10,000 files in 500 folders: at most 5 s."""
    folder = os.path.join(WORK, "many")
    for meeting in range(500):
        place = os.path.join(folder, f"term {meeting % 7}", f"2026-03-{meeting % 28 + 1:02} 10.02.11 Course {meeting} 123456")
        os.makedirs(place)
        for name in range(17):
            open(os.path.join(place, f"Größe {name}.mp4"), "w").close()
        for name in ("meeting_saved_chat.txt", "playback.m3u", "audio_only.m4a"):
            open(os.path.join(place, name), "w").close()
    begun = time.monotonic()
    status, output, _ = night("--dry-run", recordings=folder)
    seconds = time.monotonic() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    say(f"{seconds:.2f} s, {used.ru_utime + used.ru_stime:.2f} CPU s so far;", output.splitlines()[-1])
    assert status == 0 and output.endswith("8500 due, 0 waiting, 0 unchanged"), output[-200:]


def full_disk():
    """A disk that is too small: nothing is left half-written, and once there is room the night goes on."""
    with small_disk("700k"):
        status, output, errors = night()
        say(status, output or errors)
        assert status in (2, 6) and "No space left" in output + errors or "full" in output + errors
        assert "Traceback" not in errors
        for place, _, names in os.walk(OUTPUT):
            assert not [name for name in names if name.endswith(".part")], (place, names)
        subprocess.run(["mount", "-o", "remount,size=200m", OUTPUT], check=True)
        with contextlib.suppress(sqlite3.Error):
            forget_distance()
        status, output, errors = night()
        say(status, output or errors)
        assert status == 0, errors


def read_only_output():
    """An output that cannot be written: one line, its own exit code, before any recording is read."""
    with small_disk("1m"):
        subprocess.run(["mount", "-o", "remount,ro", OUTPUT], check=True)
        status, output, errors = night()
        say(status, output or errors)
        assert status == 6 and len(errors.splitlines()) == 1
    os.rmdir(OUTPUT)
    with small_disk("200m"):
        status, output, errors = night()
        subprocess.run(["mount", "-o", "remount,ro", OUTPUT], check=True)
        status, output, errors = run("status", "--output", OUTPUT)
        say("status:", status, (output or errors).splitlines()[0])


def replaced_while_read():
    """A recording that is replaced while it is read: no report of a mixture, the next night reports on the new one."""
    folder = os.path.join(WORK, "replaced")
    os.makedirs(folder)
    names = sorted(
        (name for name in os.listdir(RECORDINGS) if os.path.isfile(os.path.join(RECORDINGS, name))),
        key=lambda name: os.path.getsize(os.path.join(RECORDINGS, name)))
    target = os.path.join(folder, "class.mp4")
    shutil.copy(os.path.join(RECORDINGS, names[-1]), target)
    process = night(recordings=folder, wait=False)
    while not any(
        os.path.exists(os.path.join(OUTPUT, name, "observations.sqlite"))
        for name in (os.listdir(OUTPUT) if os.path.isdir(OUTPUT) else [])
    ):
        time.sleep(0.05)
    shutil.copy(os.path.join(RECORDINGS, names[0]), target)
    output, errors = process.communicate()
    say(process.returncode, output.strip())
    assert process.returncode == 2 and finished() == 0
    status, output, _ = night(recordings=folder)
    say(status, output)
    assert status == 0 and finished() == 1


def clock_set_back():
    """The clock is set back by a year between two nights, and stands in the future in one: nothing is done again, and
    nothing waits for ever."""
    for when, expected in (("+400d", "new report"), ("-1d", "unchanged"), ("+0d", "unchanged")):
        status, output, errors = night(before=["faketime", "-f", when])
        say(when, status, output or errors)
        assert status == 0 and expected in output


def two_at_once():
    """Two nights on one output: the second ends at once with a code of its own and names the first."""
    first = night(wait=False)
    time.sleep(2)
    begun = time.monotonic()
    status, output, errors = night()
    say(f"{time.monotonic() - begun:.2f} s:", status, errors)
    assert status == 4 and str(first.pid) in errors
    first.communicate()
    assert first.returncode == 0


def stopped():
    """SIGTERM: the night ends within seconds, resumable, with what was done."""
    process = night(wait=False)
    time.sleep(8)
    begun = time.monotonic()
    process.terminate()
    output, errors = process.communicate()
    say(f"{time.monotonic() - begun:.2f} s:", process.returncode, output.strip())
    assert process.returncode == 3
    status, output, _ = night()
    say(status, output)
    assert status == 0


TRIALS = [
    ten_thousand_files, full_disk, read_only_output, replaced_while_read, clock_set_back, two_at_once, stopped,
]

failed = 0
for trial in TRIALS:
    if len(sys.argv) > 4 and trial.__name__ not in sys.argv[4:]:
        continue
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(WORK)
    print(f"{trial.__name__}: {trial.__doc__.splitlines()[0]}", flush=True)
    try:
        trial()
    except AssertionError as error:
        failed += 1
        print("   FAILED", error, flush=True)
sys.exit(1 if failed else 0)
