"""Makes calls of a run fail one at a time and holds what is left to an undisturbed run's files:
faults.py AFTERCLASS RECORDING WORK [MOST]

Each write, rename, sync, opening for writing, removal of a file and read of the recording, each piece of memory of FFmpeg's and
oneDNN's (at most MOST of a kind, spread evenly) fails in a run of its own, once, and writes also from there on as on a
full disk. Such a run must end with a documented status and one line that names a file, or go on to the undisturbed
bytes; every file of a report is whole or not there; and the next run ends with the undisturbed bytes. Prints a table
in Markdown, and below it each run that broke a promise."""

import errno
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys

FILES = (
    "class.csv windows.csv participants.csv faces.csv presence.csv summary.json datapackage.json report.html events.vtt "
    "pipeline.yaml words.json"
).split()
DOCUMENTED = {0, 1, 2, 3, 4, 5, 6, 7, 8, 64}
# What fails, how, and whether it stays so.
FAULTS = [
    ("write", errno.ENOSPC, False), ("write", errno.ENOSPC, True), ("write", errno.EIO, False),
    ("sync", errno.EIO, False), ("rename", errno.ENOSPC, False), ("open", errno.EACCES, False),
    ("open", errno.EMFILE, False), ("unlink", errno.EIO, False),
    ("mkdir", errno.ENOSPC, False), ("read", errno.EIO, False), ("read", errno.EIO, True),
    ("frame", errno.ENOMEM, False), ("frame", errno.ENOMEM, True), ("network", errno.ENOMEM, False),
]
JOURNAL = "-journal"


def run(program, arguments, library="", kind="", at=0, code=0, stays=False, count=""):
    environment = dict(os.environ)
    if kind:
        environment.update(LD_PRELOAD=library, FAULT_KIND=kind, FAULT_AT=str(at), FAULT_ERRNO=str(code))
        environment.update({"FAULT_STAYS": "1"} if stays else {}, **({"FAULT_COUNT": count} if count else {}))
    return subprocess.run(
        [program, "analyze", *arguments, "--jobs", "1", "--quiet"], env=environment, text=True, errors="replace",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)


def digests(folder):
    found = {}
    for name in FILES:
        path = os.path.join(folder, name)
        if os.path.exists(path):
            with open(path, "rb") as file:
                found[name] = hashlib.sha256(file.read()).hexdigest()
    return found


def broken(result, folder, whole):
    """What this run did that it must not."""
    wrong = []
    lines = result.stderr.strip().splitlines()
    if result.returncode not in DOCUMENTED:
        wrong.append(f"status {result.returncode}: {lines[-1] if lines else ''}")
    elif result.returncode and (len(lines) != 1 or "/" not in lines[0]):
        wrong.append(f"said {lines}")
    left = digests(folder) if os.path.isdir(folder) else {}
    wrong += [f"{name} is half" for name, digest in left.items() if digest != whole[name]]
    finished = os.path.exists(os.path.join(folder, "run.json"))
    if finished and left != whole:
        wrong.append("run.json stands beside an unfinished report")
    if result.returncode == 0 and left != whole:
        wrong.append("all well, but other bytes")
    store = os.path.join(folder, "observations.sqlite")
    if os.path.exists(store) and os.path.getsize(store):
        shutil.copy(store, folder + ".copy")
        if os.path.exists(store + JOURNAL):
            shutil.copy(store + JOURNAL, folder + ".copy" + JOURNAL)
        with sqlite3.connect(folder + ".copy") as database:
            state = database.execute("PRAGMA integrity_check").fetchone()[0]
        if state != "ok":
            wrong.append(f"store: {state}")
        for suffix in ("", JOURNAL):
            if os.path.exists(folder + ".copy" + suffix):
                os.unlink(folder + ".copy" + suffix)
    return wrong


def main():
    program, recording, work = sys.argv[1:4]
    most = int(sys.argv[4]) if len(sys.argv) > 4 else 60
    os.makedirs(work, exist_ok=True)
    library = os.path.join(work, "faults.so")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "faults.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    plan = ["--every", "4s", "--set", "sample.to=16s"]
    output = os.path.join(work, "report")
    arguments = [recording, "--output", output, *plan]

    shutil.rmtree(output, ignore_errors=True)
    assert run(program, arguments).returncode == 0
    whole = digests(output)
    assert sorted(whole) == sorted(FILES)
    print("| fault | calls in a run | runs | went on | failed with a reason | broke a promise | lost |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    finds = []
    for kind, code, stays in FAULTS:
        shutil.rmtree(output, ignore_errors=True)
        counter = os.path.join(work, "count")
        assert run(program, arguments, library, kind, 1 << 40, code, count=counter).returncode == 0
        with open(counter) as file:
            calls = int(file.read())
        chosen = sorted({1 + index * calls // min(most, calls) for index in range(min(most, calls))})
        tally = {"on": 0, "failed": 0, "broke": 0, "lost": 0}
        for at in chosen:
            shutil.rmtree(output, ignore_errors=True)
            result = run(program, arguments, library, kind, at, code, stays)
            wrong = broken(result, output, whole)
            again = run(program, arguments)
            lost = again.returncode != 0 or digests(output) != whole
            if lost:
                wrong.append(f"the next run: status {again.returncode} {again.stderr.strip()[:200]}")
            tally["lost"] += lost
            tally["broke" if wrong else "failed" if result.returncode else "on"] += 1
            if wrong:
                finds.append(f"{kind} {errno.errorcode[code]} {'from' if stays else 'at'} {at}: {'; '.join(wrong)}")
        name = f"{kind}: {errno.errorcode[code]}{', and from there on' if stays else ''}"
        print(f"| {name} | {calls} | {len(chosen)} | {tally['on']} | {tally['failed']} | {tally['broke']} | {tally['lost']} |")
        sys.stdout.flush()
    print("\n".join(["", *finds]))
    sys.exit(1 if finds else 0)


main()
