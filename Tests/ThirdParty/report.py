"""Counts what passes and what fails, and says so."""

import sys


class Report:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, holds, what):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {what}", file=sys.stderr)
        return holds

    def refuses(self, call, what, *errors):
        """`call` must raise one of `errors`."""
        try:
            call()
        except errors or Exception:
            return self.check(True, what)
        return self.check(False, f"{what} was taken")

    def finish(self):
        """Prints the sum and ends the program; nothing checked is a failure too."""
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed or not self.passed else 0)
