"""Runs tests of the suite one at a time, as it is told.

`worker.py list NAME ...` prints the ids of the tests that the names mean. `worker.py run` reads ids, one a line, and
answers each with a line of JSON: id, status, seconds, and why it failed or was skipped.
"""
import io
import json
import os
import sys
import time
import traceback
import unittest
import warnings

HOME = os.environ["TESTKIT_HOME"]
os.chdir(HOME)  # the suite starts its stub servers from here
sys.path.insert(0, HOME)
warnings.simplefilter("ignore")

# Only answers go to the real standard output, whatever tests and stub servers print.
answers = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)


def flatten(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from flatten(test)
        elif type(test).__name__ == "_FailedTest":
            raise SystemExit(f"The suite has no {test.id()}: {test._exception}")
        else:
            yield test


def expand(name):
    path = os.path.join(HOME, "tests", *name.split("."))
    loader = unittest.TestLoader()
    if os.path.isdir(path):
        return flatten(loader.discover(path, top_level_dir=HOME))
    return flatten(loader.loadTestsFromName("tests." + name))


class Outcome(unittest.TestResult):
    """One outcome of all parts of a test: a failed part fails it, and something must have run for it to pass."""

    def __init__(self):
        super().__init__()
        self.failed = []
        self.skipped_because = []
        self.passed = 0

    def addSuccess(self, test):  # noqa: N802
        self.passed += 1

    def addError(self, test, error):  # noqa: N802
        self.failed.append((str(test), error))

    addFailure = addError  # noqa: N815

    def addSkip(self, test, reason):  # noqa: N802
        self.skipped_because.append(reason)

    def addSubTest(self, test, part, error):  # noqa: N802
        if error is None:
            self.passed += 1
        else:
            self.failed.append((str(part), error))

    def report(self, output):
        if self.failed:
            (_, (kind, value, _)) = self.failed[0]
            text = "\n".join(
                part + "\n" + "".join(traceback.format_exception(*error)) for part, error in self.failed
            )
            return {
                "status": "failed",
                "why": f"{kind.__name__}: {value}"[:500],
                "text": text + "\n" + output[-8000:],
            }
        if self.passed:
            return {"status": "passed", "skippedParts": sorted(set(self.skipped_because))}
        why = self.skipped_because[0] if self.skipped_because else "nothing ran"
        return {"status": "skipped", "why": why, "missing": missing_features(why)}


def missing_features(why):
    """The flags that a skip asks for: the suite names its constants."""
    from nutkit.protocol import Feature

    prefix = "Needs support for "
    if not why.startswith(prefix):
        return []
    return [Feature[name.split(".")[-1]].value for name in why[len(prefix):].split(", ")]


def run(test_id):
    outcome, output, start = Outcome(), io.StringIO(), time.time()
    real = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = output
    try:
        unittest.defaultTestLoader.loadTestsFromName("tests." + test_id).run(outcome)
    except Exception:
        outcome.failed.append((test_id, sys.exc_info()))
    finally:
        sys.stdout, sys.stderr = real
    return {"id": test_id, "seconds": round(time.time() - start, 2), **outcome.report(output.getvalue())}


def main():
    if sys.argv[1] == "list":
        # Modules import each other's classes, which unittest then finds again: once is enough.
        ids = dict.fromkeys(test.id()[len("tests."):] for name in sys.argv[2:] for test in expand(name))
        print("\n".join(ids), file=answers)
        return
    for line in sys.stdin:
        print(json.dumps(run(line.strip())), file=answers, flush=True)


main()
