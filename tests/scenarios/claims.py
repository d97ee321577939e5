"""What a scenario is, and what its source claims.

A scenario is one program: NAME.c, NAME.cc or NAME.py. It may bring a shared library: NAME.linked.c
(or .cc) is linked to it, NAME.loaded.c (or .cc) is built beside it as NAME.so, for dlopen. Its
claims are comments, each on a line of its own ("/* … */", "// …" or "# …"):

  EXPECT RULE VERDICT [REASON] PLACE…   one finding; REASON only with the verdict `discharged`
  EXPECT RULE misuse PLACE…             one finding of a rule of misuse, which has no verdict
  EXPECT none          no finding at all
  EXPECT clean         no finding but discharged ones, of which there may be any
  ALLOW discharged     beside EXPECT RULE: further discharged findings are in order
  ALLOW incomplete     operations may be dropped (and are then counted)
  EXIT N | EXIT SIGX   how the program ends by itself; 0 without it
  HANGS [N]            it never ends: N of its threads, all without N, sleep for ever in the kernel
                       (stuck.py) and wait for each other. `gordian run` ends it, and where it
                       finds a circle without the silence that other hangs take
  KILLED               it hangs (HANGS), and its traces say the same when it is preloaded without
                       gordian, and killed as it hangs
  ARGS WORD…           the program's arguments
  OUTPUT TEXT          a line of its standard output
  INSTANCES BOUND      instances of the one finding expected
  STEPS BOUND          steps of the one finding expected
  THREADS BOUND        threads of all processes together
  PROCESSES BOUND      process images: a fork makes one, an exec makes one (children that did
                       nothing but end are among them)
  ACQUISITIONS BOUND   acquisitions of all processes together; without it, at least one
  DROPPED BOUND        what all processes together could not record
  TRACE BOUND          KiB of all its traces together
  CONTENDED LOCK BOUND the lock of that name had to be waited for so often
  NAMED TEXT           a thread of that name
  LOCK TEXT            a lock of that name
  SAYS TEXT            that stands in the message of some finding
  IGNORED BOUND        acquisitions in regions that the program asks to ignore; 0 without it
  UNORDERED BOUND      lives of objects and ends of children that were too many to be ordered
  FUTEX BOUND          futex calls that the recorder does not understand
  NEEDS LIBRARY        this source is linked to a library, under its pkg-config name; where it is
                       not there, the scenario is not built

A BOUND is N or =N, >=N, or <=N. A place is a name for a line, given by a comment at its end:
"/* @first */". A Python program claims no places: its lines are not in its native stacks. Every
place of an EXPECT must be the line of a frame of a hold or of a want in one of the steps of its
finding. Every finding must be claimed, every claim be found.
"""
import os
import re
import signal

from schema import REASONS, VERDICTS, expect

HERE = os.path.dirname(os.path.abspath(__file__))
NOTES = ("thread-leak", "blocking-under-lock", "signal-unlocked")
CIRCLES = ("deadlock-cycle", "self-deadlock")
DIRECTIVES = ("EXPECT", "ALLOW", "EXIT", "HANGS", "ARGS", "OUTPUT", "INSTANCES", "THREADS",
              "PROCESSES", "ACQUISITIONS", "DROPPED", "CONTENDED", "NAMED", "LOCK", "SAYS",
              "IGNORED", "UNORDERED", "NEEDS", "TRACE", "STEPS", "FUTEX", "KILLED")
OWN_FILES = ("claims.py", "compare.py", "run.py", "schema.py", "stuck.py")
ROLES = ("linked", "loaded")
COMMENT = r"(?:/\*|//|#)\s*"
DIRECTIVE = re.compile(r"^\s*" + COMMENT + r"([A-Z]{4,})\b[ \t]*(.*?)\s*(?:\*/)?\s*$")
PLACE = re.compile(COMMENT + r"((?:@[\w-]+\s*)+)(?:\*/)?\s*$")


class Bound:
    def __init__(self, text):
        match = re.fullmatch(r"(>=|<=|=)?(\d+)", text)
        expect(match, f"not a bound: {text!r}")
        self.text = text
        self.operator = match[1] or "="
        self.number = int(match[2])

    def holds(self, value):
        return {"=": value == self.number, ">=": value >= self.number,
                "<=": value <= self.number}[self.operator]

    def check(self, value, what):
        expect(self.holds(value), f"{what}: {value}, expected {self.text}")


class Claim:
    """EXPECT RULE VERDICT [REASON] PLACE…"""

    def __init__(self, words, python):
        self.text = " ".join(words)
        expect(len(words) >= 2, f"EXPECT {self.text}: a rule and a verdict are needed")
        self.rule, self.verdict, rest = words[0], words[1], words[2:]
        if self.verdict == "misuse":
            self.verdict = None
        expect(self.verdict in VERDICTS, f"EXPECT {self.text}: no such verdict: {self.verdict}")
        self.reason = None
        if self.verdict == "discharged":
            expect(rest and rest[0] in REASONS, f"EXPECT {self.text}: a reason is needed")
            self.reason, rest = rest[0], rest[1:]
        self.places = rest
        expect(rest or python, f"EXPECT {self.text}: name its places")

    def misfit(self, finding, scenario):
        """Why the finding is not the claimed one; None: it is."""
        if (finding["rule"], finding["verdict"]) != (self.rule, self.verdict):
            return f"it is {finding['rule']} {finding['verdict']}"
        if finding["reason"] != self.reason:
            return f"its reason is {finding['reason']}"
        lines = finding_lines(finding)
        for place in self.places:
            if scenario.places[place] not in lines:
                file, line = scenario.places[place]
                return f"no hold or want is at @{place} ({file}:{line})"
        return None


class Scenario:
    """What a scenario's source claims."""

    def __init__(self, source):
        self.source = source
        self.claims = []
        self.words = {word: [] for word in DIRECTIVES}
        self.places = {}
        for path in [source] + companions(source):
            self.read(path)
        self.settle()

    def read(self, path):
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                match = DIRECTIVE.match(line)
                if match:
                    expect(match[1] in DIRECTIVES, f"{path}:{number}: no directive {match[1]}")
                    self.words[match[1]].append(match[2].strip())
                match = PLACE.search(line)
                for place in match[1].split() if match else []:
                    expect(place[1:] not in self.places, f"{path}:{number}: {place} again")
                    self.places[place[1:]] = (os.path.basename(path), number)

    def one(self, word):
        values = self.words[word]
        expect(len(values) <= 1, f"more than one {word}")
        return values[0] if values else None

    def settle(self):
        expect(self.words["EXPECT"], "no EXPECT line")
        self.clean = "clean" in self.words["EXPECT"]
        self.none = "none" in self.words["EXPECT"]
        expect(not (self.clean or self.none) or len(self.words["EXPECT"]) == 1,
               "EXPECT none and EXPECT clean stand alone")
        if not self.clean and not self.none:
            self.claims = [Claim(text.split(), self.source.endswith(".py"))
                           for text in self.words["EXPECT"]]
        for claim in self.claims:
            for place in claim.places:
                expect(place in self.places, f"EXPECT {claim.text}: there is no @{place}")
        for allowed in self.words["ALLOW"]:
            expect(allowed in ("discharged", "incomplete"), f"ALLOW {allowed}: not known")
        self.allow_discharged = self.clean or "discharged" in self.words["ALLOW"]
        self.allow_incomplete = "incomplete" in self.words["ALLOW"]
        ending = self.one("EXIT") or "0"
        self.returncode = -signal.Signals[ending] if ending.startswith("SIG") else int(ending)
        stuck = self.one("HANGS")
        self.hangs = stuck is not None
        self.stuck = int(stuck) if stuck else None
        self.circles = self.hangs and any(claim.rule in CIRCLES for claim in self.claims)
        self.arguments = (self.one("ARGS") or "").split()
        self.gate_fails = any(claim.verdict != "discharged" and claim.rule not in NOTES
                              for claim in self.claims)

    def bound(self, word):
        text = self.one(word)
        return Bound(text) if text else None


def companion(source, role):
    """The shared library a scenario brings for that role; None: it brings none."""
    stem = os.path.splitext(source)[0]
    paths = [f"{stem}.{role}{kind}" for kind in (".c", ".cc")]
    return next((path for path in paths if os.path.exists(path)), None)


def companions(source):
    return [path for path in (companion(source, role) for role in ROLES) if path]


def list_scenarios():
    """A line for each scenario: name, source, linked and loaded library, what each of them needs.

    What there is not is "-".
    """
    lines = []
    for file in sorted(os.listdir(HERE)):
        name, kind = os.path.splitext(file)
        if kind not in (".c", ".cc", ".py") or "." in name or file in OWN_FILES:
            continue
        path = os.path.join(HERE, file)
        sources = [path] + [companion(path, role) for role in ROLES]
        lines.append(" ".join([name] + [os.path.basename(each or "-") for each in sources] +
                              [needs(each) if each else "-" for each in sources]))
    return lines


def needs(path):
    with open(path, encoding="utf-8") as file:
        matches = [DIRECTIVE.match(line) for line in file]
    return next((match[2] for match in matches if match and match[1] == "NEEDS"), "-")


def frames(acquisition):
    return acquisition.get("stack") or []


def finding_lines(finding):
    """(file, line) of every frame of every hold and want."""
    lines = set()
    for step in finding["steps"]:
        for acquisition in step["holds"] + [step["wants"]] * (step["wants"] is not None):
            for frame in frames(acquisition):
                if frame.get("file"):
                    lines.add((os.path.basename(frame["file"]), frame.get("line")))
    return lines
