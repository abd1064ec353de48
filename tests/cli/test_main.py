"""The command's manners: one line for every mistake, exit code 2, nothing written."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest

from gpo_market.cli import reading
from gpo_market.cli.main import COMMANDS, main, run_command
from tests.harness import write_posts


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Help is there for each, and the whole."""
    assert run_command([command, "--help"]) == 0
    assert "Usage: gpo-market" in capsys.readouterr().out


def test_without_a_command_the_help_is_shown_as_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing was asked for, so nothing was done."""
    assert run_command([]) == 2
    assert "Commands:" in capsys.readouterr().err


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command that must be refused, and give its one line."""
    assert run_command(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.strip().splitlines()
    assert len(lines) == 1, captured.err
    return lines[0]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["nonsense"], "No such command 'nonsense'"),
        (["run", "--nonsense"], "No such option '--nonsense'"),
        (["run", "--feed", "telepathy"], "'telepathy' is not one of"),
        (["run", "--port", "99999"], "99999"),
        (["run", "--catalogue", "missing.json"], "missing.json: no such file or directory"),
        (["import"], "Missing argument"),
        (["import", "missing.json"], "missing.json"),
        (["replay", "--every", "soon"], "'soon' is no length of time"),
        (["replay", "--every", "0d"], "'0d' is no length of time"),
        (["values", "--at", "soon"], "'soon' is no time"),
        (["keys", "create"], "--scope"),
        (["keys", "create", "--scope", "all"], "'all' is not one of"),
        (["catalogue", "check", "missing.json"], "missing.json: no such file or directory"),
        (["parse", "missing.txt"], "missing.txt: no such file or directory"),
        (["simulate"], "--out"),
        (["simulate", "--out", "x", "--items", "100000"], "the list has only 236 items"),
        (["fair"], "Missing argument"),
        (["values", "--data", "missing"], "missing"),
        (["verify", "--data", "missing"], "missing"),
        (["replay", "--data", "missing"], "missing"),
    ],
)
def test_a_mistake_gets_one_line_and_writes_nothing(
    arguments: list[str],
    complaint: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The line says what is wrong; the folder stays empty."""
    monkeypatch.chdir(tmp_path)
    assert complaint in refused(arguments, capsys)
    assert list(tmp_path.iterdir()) == []


def test_a_catalogue_with_doubled_slugs_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The slug is named, and no folder is made."""
    monkeypatch.chdir(tmp_path)
    items = [{"slug": "a", "name": "A"}, {"slug": "a", "name": "B"}]
    Path("twice.json").write_text(json.dumps({"items": items}))
    posts = write_posts(Path("posts.jsonl"), ["a for b"])
    line = refused(["import", str(posts), "--catalogue", "twice.json"], capsys)
    assert "slug 'a' stands more than once" in line
    assert not Path("data").exists()


@pytest.mark.parametrize("content", ["", "not json", '{"items": 1}', '["neither"]', '{"id": 1}'])
def test_a_file_that_holds_no_posts_is_refused(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is named, and no folder is made."""
    monkeypatch.chdir(tmp_path)
    Path("wrong.json").write_text(content)
    assert "wrong.json" in refused(["import", "wrong.json"], capsys)
    assert not Path("data").exists()


def test_a_port_in_use_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The port is named, with the way out."""
    monkeypatch.chdir(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        line = refused(["run", "--feed", "none", "--port", str(port)], capsys)
    assert f"port {port}" in line
    assert "--port" in line
    assert not Path("data").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folder is named."""
    tmp_path.chmod(0o500)
    posts = tmp_path / "posts.jsonl"
    assert str(tmp_path) in refused(["run", "--feed", "none", "--data", str(tmp_path / "data")], capsys)
    assert not posts.exists()


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file is no folder."""
    (tmp_path / "data").write_text("mine")
    posts = write_posts(tmp_path / "posts.jsonl", ["7 mc for ase"])
    assert "data" in refused(["import", str(posts), "--data", str(tmp_path / "data")], capsys)
    assert (tmp_path / "data").read_text() == "mine"


def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The environment is input too."""
    monkeypatch.setenv("GPO_MARKET_PORT", "many")
    line = refused(["run"], capsys)
    assert "port" in line
    assert "many" in line


def test_simulated_and_real_posts_never_share_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whichever came first, the other is refused."""
    data = str(tmp_path / "data")
    real = write_posts(tmp_path / "real.jsonl", ["7 mc for ase"])
    simulated = write_posts(tmp_path / "simulated.jsonl", ["7 mc for ase"], start=10, simulated=True)
    assert run_command(["import", str(real), "--data", data]) == 0
    capsys.readouterr()
    line = refused(["import", str(simulated), "--data", data], capsys)
    assert "simulated" in line
    assert "real" in line
    line = refused(["run", "--feed", "demo", "--port", "0", "--data", data], capsys)
    assert "simulated" in line


@pytest.mark.parametrize("arguments", [["parse", "posts.txt"], ["catalogue", "check", "list.json"]])
def test_a_reader_that_has_seen_enough_is_no_failure(arguments: list[str], tmp_path: Path) -> None:
    """A closed pipe ends the command quietly and well, whichever way it writes."""
    (tmp_path / "posts.txt").write_text("7 mc for ase\n" * 2_000)
    items = [{"slug": f"item-{number}", "name": f"Item {number}", "aliases": ["it"]} for number in range(60)]
    (tmp_path / "list.json").write_text(json.dumps({"items": items}))
    command = [sys.executable, "-m", "gpo_market", *arguments]
    read, write = os.pipe()
    os.close(read)
    source = str(Path(__file__).parents[2] / "src")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([source, os.environ.get("PYTHONPATH", "")])}
    with os.fdopen(write, "wb") as closed:
        done = subprocess.run(
            command, stdout=closed, stderr=subprocess.PIPE, cwd=tmp_path, env=environment, check=False
        )
    assert done.returncode == 0
    assert b"Error" not in done.stderr


def test_an_interrupted_command_says_so_by_its_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C is neither an answer nor a mistake: 130, as shells have it."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "read_post", interrupt)
    (tmp_path / "posts.txt").write_text("7 mc for ase")
    assert run_command(["parse", str(tmp_path / "posts.txt")]) == 130


def test_any_other_complaint_of_the_command_line_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """However many lines it came in."""

    def complain(*_: object) -> None:
        raise click.ClickException("first\nsecond")

    monkeypatch.setattr(reading, "read_post", complain)
    (tmp_path / "posts.txt").write_text("7 mc for ase")
    assert refused(["parse", str(tmp_path / "posts.txt")], capsys) == "gpo-market: first second"


def test_the_process_ends_with_the_commands_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The arguments are those the process was started with."""
    monkeypatch.setattr(sys, "argv", ["gpo-market", "nonsense"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "nonsense" in capsys.readouterr().err
