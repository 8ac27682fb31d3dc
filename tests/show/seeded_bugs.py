"""Bugs that would break the promises of the log, each put into a copy of the sources."""
import contextlib
import dataclasses
import os
import pathlib
import re
import shutil
import subprocess

from troupe_process import ROOT


@dataclasses.dataclass
class Edit:
    """Replaces `old`, which occurs once in `file`, by `new`."""

    file: str
    old: str
    new: str


@dataclasses.dataclass
class Bug:
    name: str
    edits: list
    program: str  # The test program that catches it,
    test: str     # by this test,
    says: str     # which says this: a regular expression.


BUGS = [
    Bug("ack before commit",
        [Edit("services/log/commit_thread.cc",
              "void CommitThread::Finish(OpenGroup& open) {\n",
              "void CommitThread::Finish(OpenGroup& open) {\n"
              "  for (Call& call : open.decided) call.done(std::move(call.results));\n"
              "  open.decided.clear();\n")],
        "rocks_log_faults_test", "RocksLogFaultsTest.AcknowledgesNothingBeforeTheSync",
        r"Value of: answered\n\s+Actual: true"),
    Bug("index in a second batch",
        [Edit("services/log/view.cc",
              "    AddPoolTo(batch, change);\n",
              "    rocksdb::WriteBatch index;\n    AddPoolTo(index, change);\n"),
         Edit("services/log/view.cc",
              "    TROUPE_RETURN_IF_ERROR(store_->Write(batch));\n    Publish(",
              "    TROUPE_RETURN_IF_ERROR(store_->Write(batch));\n"
              "    TROUPE_RETURN_IF_ERROR(store_->Write(index));\n    Publish(")],
        "log_view_test", "ViewFaultsTest.HasAllOfWhatItAppliedOrNothingIfItsProcessDies",
        r"dead after write 1\b"),
    Bug("position not in the batch",
        [Edit("services/log/view.cc",
              "      batch.Put(store_->family(ViewFamily::kPosition), PositionKey(",
              "      later.Put(store_->family(ViewFamily::kPosition), PositionKey("),
         Edit("services/log/view.cc",
              "    AddPoolTo(batch, change);\n",
              "    AddPoolTo(batch, change);\n    rocksdb::WriteBatch later;\n"),
         Edit("services/log/view.cc",
              "    TROUPE_RETURN_IF_ERROR(store_->Write(batch));\n    Publish(",
              "    TROUPE_RETURN_IF_ERROR(store_->Write(batch));\n"
              "    TROUPE_RETURN_IF_ERROR(store_->Write(later));\n    Publish(")],
        "log_view_test", "ViewFaultsTest.HasAllOfWhatItAppliedOrNothingIfItsProcessDies",
        r"dead after write 1\b"),
    Bug("sync off",
        [Edit("services/log/rocks_store.cc",
              "  options.sync = mode_ == Mode::kSynced;\n",
              "  options.sync = false;\n")],
        "rocks_log_faults_test", "RocksLogFaultsTest.KeepsWhatItAcknowledgedWhenThePowerIsCut",
        r"Actual: .*(DATA_LOSS|seq)"),  # The anchor, which was synced, tells.
    Bug("skipped iterator status",
        [Edit("services/log/rocks_base_scan.cc",
              "    TROUPE_RETURN_IF_ERROR(store_.ToStatus(it_->status()));\n"
              "    if (!it_->Valid()) return std::nullopt;\n",
              "    if (!it_->Valid()) return std::nullopt;\n")],
        "rocks_log_faults_test", "RocksLogFaultsTest.NeverTellsOfLessWhenAReadFails",
        r"after read \d+ failed"),
    Bug("lost dedup",
        [Edit("services/log/commit_group.cc",
              "  if (used.has_value()) {\n",
              "  if (used.has_value() && used->body_hash != body_hash) {\n")],
        "rocks_log_contract_test", "*.AnswersARetryWithTheFirstPosition/*",
        r"Actual: .*ABORTED"),
]


def copy_of_sources(folder):
    """The files that git knows or would take, without what is built."""
    tree = pathlib.Path(folder) / "troupe"
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others",
                             "--exclude-standard"], cwd=ROOT, check=True, capture_output=True)
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    return tree


def build_in(tree, targets, log):
    """Builds `targets` in the copy; objects come from earlier copies if ccache has them."""
    environment = {**os.environ, "CCACHE_BASEDIR": str(tree), "CCACHE_NOHASHDIR": "1"}
    with log.open("ab") as out:
        for command in (["cmake", "--preset", "release"],
                        ["cmake", "--build", "--preset", "release", "--target", *targets]):
            subprocess.run(command, cwd=tree, check=True, env=environment, stdout=out,
                           stderr=subprocess.STDOUT)


@contextlib.contextmanager
def seeded(tree, bug):
    """Has the bug in `tree` for a while. A source that has changed too much for it is an error."""
    before = {edit.file: (tree / edit.file).read_text() for edit in bug.edits}
    after = dict(before)
    for edit in bug.edits:
        found = after[edit.file].count(edit.old)
        if found != 1:
            raise RuntimeError(f"seeded bug \"{bug.name}\": {edit.file} has {found} times: "
                               f"{edit.old}")
        after[edit.file] = after[edit.file].replace(edit.old, edit.new)
    for file, text in after.items():
        (tree / file).write_text(text)
    try:
        yield
    finally:
        for file, text in before.items():
            (tree / file).write_text(text)


def check(tree, bug, log):
    """Runs the test that catches `bug`: (it passed, what it said)."""
    done = subprocess.run([tree / "build/release/bin" / bug.program, f"--gtest_filter={bug.test}"],
                          text=True, capture_output=True, check=False, timeout=300)
    said = done.stdout + done.stderr
    with log.open("a") as out:
        out.write(f"== {bug.name}\n{said}\n")
    if "[  PASSED  ] 0 tests" in said and "FAILED" not in said:
        raise RuntimeError(f"{bug.program} has no test {bug.test}")
    return done.returncode == 0, said


def caught(bug, passed, said):
    return not passed and re.search(bug.says, said) is not None
