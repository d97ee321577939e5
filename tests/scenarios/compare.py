"""Whether a report and the program's own results are what its scenario claims."""
import os

from claims import Bound, finding_lines, frames
from schema import GATED_KINDS, KINDS, check_cycle, check_schema, expect, fail


def describe(finding):
    places = []
    for step in finding["steps"]:
        top = [frame for frame in frames(step["wants"] or {}) if frame.get("file")][:1]
        places += [f"{os.path.basename(frame['file'])}:{frame['line']}" for frame in top]
    reason = f" ({finding['reason']})" if finding["reason"] else ""
    return f"{finding['rule']} {finding['verdict']}{reason} at {', '.join(places)}: " \
           f"{finding['message']}"


def is_of_helper(finding):
    """On a machine that stands still, scenario.h's own short sleeps take long."""
    if finding["rule"] != "blocking-under-lock":
        return False
    tops = [frame for step in finding["steps"] for frame in frames(step["wants"] or {})[:3]
            if frame.get("file")]
    return any(os.path.basename(frame["file"]) == "scenario.h" for frame in tops)


def assign(claims, findings, scenario):
    """Gives each claim a finding of its own; returns the findings left, or None."""
    if not claims:
        return findings
    for index, finding in enumerate(findings):
        if claims[0].misfit(finding, scenario) is None:
            left = assign(claims[1:], findings[:index] + findings[index + 1:], scenario)
            if left is not None:
                return left
    return None


def explain_missing(scenario, findings):
    for claim in scenario.claims:
        reasons = [claim.misfit(finding, scenario) for finding in findings]
        if None not in reasons:
            seen = "; ".join(f"{describe(finding)} [{reason}]"
                             for finding, reason in zip(findings, reasons)) or "none at all"
            fail(f"not found: EXPECT {claim.text}. Findings: {seen}")
    fail(f"{len(scenario.claims)} findings expected, {len(findings)} found: "
         + "; ".join(describe(finding) for finding in findings))


def check_findings(scenario, report):
    findings = report["findings"]
    left = assign(scenario.claims, findings, scenario)
    if left is None:
        explain_missing(scenario, findings)
    for finding in left:
        if is_of_helper(finding):
            continue
        if finding["verdict"] != "discharged" or not scenario.allow_discharged:
            fail(f"unexpected finding: {describe(finding)}")
    for finding in findings:
        if finding["rule"] in ("lock-order", "join-order"):
            check_cycle(finding, report)
    bound = scenario.bound("INSTANCES")
    if bound:
        expect(len(scenario.claims) == 1, "INSTANCES needs exactly one EXPECT")
        finding = next(each for each in findings
                       if scenario.claims[0].misfit(each, scenario) is None)
        expect("instances" in finding, "the finding has no field instances")
        bound.check(finding["instances"], "instances")


def check_complete(scenario, report):
    expect(report["processes"], "no process was recorded")
    for process in report["processes"]:
        if not scenario.allow_incomplete:
            expect(process["complete"] and process["dropped"] == 0,
                   f"process {process['pid']} is incomplete, {process['dropped']} dropped")
    total = sum(process["acquisitions"] for process in report["processes"])
    (scenario.bound("ACQUISITIONS") or Bound(">=1")).check(total, "acquisitions")
    dropped = scenario.bound("DROPPED")
    if dropped:
        dropped.check(sum(each["dropped"] for each in report["processes"]), "dropped")
    for word, value in (("THREADS", sum(each["threads"] for each in report["processes"])),
                        ("PROCESSES", len(report["processes"]) +
                         sum(each["idle_children"] for each in report["processes"]))):
        if scenario.bound(word):
            scenario.bound(word).check(value, word.lower())


def check_tables(scenario, report):
    for text in scenario.words["CONTENDED"]:
        name, bound = text.split()
        locks = [lock for lock in report["locks"] if lock["name"] == name]
        expect(locks, f"no lock is named {name}; there are "
               f"{sorted({lock['name'] for lock in report['locks']})[:10]}")
        contended = sum(lock["contended"] for lock in locks)
        Bound(bound).check(contended, f"contended acquisitions of {name}")
        waited = sum(lock["wait_ns"]["total"] for lock in locks)
        expect((waited > 0) == (contended > 0), f"{name}: contended {contended}, waited {waited}")
    lock_names = sorted({lock["name"] for lock in report["locks"]})
    for name in scenario.words["LOCK"]:
        expect(name in lock_names, f"no lock is named {name}; there are {lock_names[:20]}")
    for text in scenario.words["SAYS"]:
        messages = [finding["message"] for finding in report["findings"]]
        expect(any(text in message for message in messages), f"no finding says {text!r}: {messages}")
    ignored = scenario.bound("IGNORED") or Bound("0")
    ignored.check(report["coverage"]["ignored"], "ignored acquisitions")
    futex = scenario.bound("FUTEX")
    if futex:
        futex.check(report["coverage"]["futex_calls"], "futex calls that were not understood")
    unordered = scenario.bound("UNORDERED")
    if unordered:
        coverage = report["coverage"]
        unordered.check(coverage["unordered_objects"] + coverage["unordered_children"],
                        "objects and children that are not ordered")
    for name in scenario.words["NAMED"]:
        names = sorted({thread["name"] for thread in report["threads"]})
        expect(name in names, f"no thread is named {name}; there are {names[:20]}")


def check_verdict(report):
    failing = [finding for finding in report["findings"]
               if finding["kind"] in GATED_KINDS and finding["verdict"] != "discharged"
               and finding["severity"] != "note"]
    expect(report["gate"]["passed"] == (not failing),
           f"gate passed: {report['gate']['passed']}, with {len(failing)} findings that fail it")
    for kind in KINDS:
        alike = [finding for finding in report["findings"] if finding["kind"] == kind]
        counted = [finding for finding in alike if finding["verdict"] != "discharged"]
        expect(len(counted) <= report["summary"][kind] <= len(alike),
               f"summary: {report['summary'][kind]} {kind}, with {len(counted)} findings")
    incomplete = any(not process["complete"] for process in report["processes"])
    verdict = "findings" if report["findings"] else "incomplete" if incomplete else "clean"
    expect(report["verdict"] == verdict, f"verdict {report['verdict']}, expected {verdict}")


def check_ending(report, native):
    ending = (native, None) if native >= 0 else (None, -native)
    seen = [(each["exit"]["code"], each["exit"]["signal"]) for each in report["processes"]]
    expect(ending in seen, f"no process ended with (code, signal) {ending}: {seen}")


def compare(scenario, native, recorded):
    _, out, err, report = recorded
    expect(out == native[1], f"standard output differs: {out[-300:]!r}, natively "
           f"{native[1][-300:]!r}")
    expect(err == native[2], f"standard error differs: {err[-300:]!r}, natively "
           f"{native[2][-300:]!r}")
    check_schema(report)
    check_findings(scenario, report)
    check_complete(scenario, report)
    check_tables(scenario, report)
    check_verdict(report)
