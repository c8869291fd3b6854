"""Kills nights at random moments and holds what they leave to an undisturbed night's files:
kills.py AFTERCLASS RECORDINGS COUNT WORK [SEED]

A night over the folder RECORDINGS is started again and again and killed with SIGKILL after a random time, every third
time the child that analyses rather than the night itself, until COUNT kills are done. Whenever a night comes to its
end its reports must have the very bytes of the undisturbed ones; then the output is cleared and the next one begins.
A finished slice must never be measured again: its account holds its CPU seconds, which no second measuring repeats."""

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

# What a report consists of, but for run.json, which tells how long things took.
FILES = (
    "class.csv windows.csv participants.csv faces.csv presence.csv summary.json datapackage.json report.html events.vtt "
    "pipeline.yaml words.json"
).split()


def night(program, recordings, output):
    return subprocess.Popen(
        [program, "batch", recordings, "--output", output, "--settle", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def reports(output):
    """Digest of each file of each report."""
    found = {}
    for folder in sorted(os.listdir(output)):
        if os.path.exists(os.path.join(output, folder, "run.json")):
            for name in FILES:
                with open(os.path.join(output, folder, name), "rb") as file:
                    found[folder, name] = hashlib.sha256(file.read()).hexdigest()
    return found


def slices(output):
    """The account of each finished slice."""
    found = {}
    for folder in os.listdir(output) if os.path.isdir(output) else []:
        store = os.path.join(output, folder, "observations.sqlite")
        if os.path.exists(store):
            database = sqlite3.connect(store, timeout=30)
            try:
                for first, last, account in database.execute("SELECT first, last, account FROM slice"):
                    found[folder, first, last] = account
            except sqlite3.OperationalError:
                pass  # killed before its tables were made
            database.close()
    return found


def children(process):
    """Each thread has its own."""
    found = []
    try:
        for thread in os.listdir(f"/proc/{process}/task"):
            with open(f"/proc/{process}/task/{thread}/children") as file:
                found += [int(word) for word in file.read().split()]
    except FileNotFoundError:
        pass
    return found


def kill(process, child_only):
    victims = children(process.pid) if child_only else [process.pid]
    for victim in victims:
        try:
            os.kill(victim, signal.SIGKILL)
        except ProcessLookupError:
            return False
    return bool(victims)


def main():
    program, recordings, count, work = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    rng = random.Random(int(sys.argv[5]) if len(sys.argv) > 5 else 1)
    undisturbed, output = os.path.join(work, "undisturbed"), os.path.join(work, "killed")
    for folder in (undisturbed, output):
        shutil.rmtree(folder, ignore_errors=True)
    begun = time.monotonic()
    print(night(program, recordings, undisturbed).communicate()[0].strip())
    length = time.monotonic() - begun
    expected, measured = reports(undisturbed), len(slices(undisturbed))
    print(f"undisturbed: {length:.1f} s, {len(expected)} files, {measured} slices", flush=True)

    kills = {"night": 0, "child": 0}
    ends = again = lost = 0
    known = {}
    while True:
        process = night(program, recordings, output)
        try:
            enough = sum(kills.values()) >= count
            process.communicate(timeout=None if enough else rng.uniform(0.02, length / 8))
        except subprocess.TimeoutExpired:
            child_only = sum(kills.values()) % 3 == 2
            if kill(process, child_only):
                kills["child" if child_only else "night"] += 1
            process.communicate()
        time.sleep(0.3)  # a child ends soon after its night
        now = slices(output)
        again += sum(1 for key, account in known.items() if now.get(key) != account)
        known = now
        if process.returncode in (0, 2) and len(reports(output)) == len(expected):
            ends += 1
            different = [key for key, digest in reports(output).items() if expected.get(key) != digest]
            lost += abs(len(now) - measured)
            print(f"a night came to its end after {sum(kills.values())} kills", flush=True)
            if different:
                print("DIFFERENT:", different)
                return 1
            if sum(kills.values()) >= count:
                break
            shutil.rmtree(output)
            known = {}
        elif process.returncode == 2:
            # A child that was killed is a failure to be tried again after a quarter of an hour: do not wait.
            database = sqlite3.connect(os.path.join(output, "catalogue.sqlite"))
            database.execute("UPDATE failures SET last_try = 0 WHERE kind = 'transient'")
            database.commit()
    print(
        f"{kills['night']} kills of the night, {kills['child']} of its child; {ends} nights came to their end, "
        f"all with the same bytes; {again} finished slices measured again; {lost} slices more or fewer")
    return 1 if again or lost else 0


sys.exit(main())
