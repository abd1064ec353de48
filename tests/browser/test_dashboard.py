"""The dashboard in a real browser, served by a real engine."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from gpo_market.server.settings import BUILT_DASHBOARD
from tests.harness import RunningEngine, chromium, gpo_market, run_engine, write_posts
from tests.small_disks import bring_until_refused, fill, small_disk

pytestmark = [pytest.mark.browser, pytest.mark.process]

PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1440, height=900)
LAUNCH = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def engine(simulated_market: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEngine]:
    """Run an engine on a small simulated market."""
    assert (BUILT_DASHBOARD / "index.html").exists(), "the dashboard is not built: make dashboard"
    data = tmp_path_factory.mktemp("market") / "data"
    imported = gpo_market("import", str(simulated_market / "posts.jsonl"), "--data", str(data))
    assert imported.returncode == 0, imported.stderr
    with run_engine(data, "--feed", "none") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium(), args=LAUNCH)
        yield chrome
        chrome.close()


@pytest.fixture
def page(browser: Browser, engine: RunningEngine) -> Iterator[Page]:
    """Open a desktop page that fails the test on any script error."""
    errors: list[str] = []
    opened = browser.new_page(viewport=DESKTOP, base_url=engine.address)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert not errors


def test_a_post_imported_while_the_page_is_open_appears_without_reload(
    page: Page, engine: RunningEngine, tmp_path: Path
) -> None:
    """The import goes through the running engine, and the tape shows it by push alone."""
    page.goto("/")
    expect(page.get_by_test_id("connection-pill")).to_have_attribute("data-state", "live")
    page.evaluate("window.notReloaded = true")
    before = page.get_by_test_id("tape-row").first.inner_text()
    posts = write_posts(tmp_path / "new.jsonl", ["7 mc for ase", "313 lc for 41 mc"], simulated=True)
    imported = gpo_market("import", str(posts), "--data", str(engine.data))
    assert "2 new" in imported.stderr
    row = page.get_by_test_id("tape-row").filter(has_text="313")
    expect(row).to_be_visible()
    assert page.get_by_test_id("tape-row").first.inner_text() != before
    assert page.evaluate("window.notReloaded") is True


def test_every_page_says_that_the_market_is_simulated(page: Page) -> None:
    """Nobody can take demo numbers for real ones."""
    for path in ("/", "/values", "/items/pika", "/calculator"):
        page.goto(path)
        expect(page.get_by_test_id("simulated-badge")).to_be_visible()


def test_the_value_table_lists_the_items_with_their_values(page: Page) -> None:
    """A row holds the item and its value as change."""
    page.goto("/values")
    row = page.locator('[data-testid="value-row"][data-item="mythical-fruit-chest"]')
    expect(row).to_be_visible()
    expect(row).to_contain_text("Mythical Fruit Chest")


def test_the_calculator_reads_a_pasted_post_and_swaps_its_sides(page: Page) -> None:
    """A bad trade for one side is a good one for the other."""
    page.goto("/calculator")
    page.get_by_test_id("paste-box").fill("3 mc for lc")
    expect(page.get_by_test_id("verdict")).to_have_attribute("data-verdict", "lose")
    read = page.get_by_test_id("read-text").locator("mark")
    expect(read.first).to_have_text("3 mc (you give: Mythical Fruit Chest)")
    page.get_by_test_id("swap").click()
    expect(read.first).to_have_text("3 mc (you get: Mythical Fruit Chest)")
    expect(page.get_by_test_id("verdict")).to_have_attribute("data-verdict", "win")


def test_the_item_page_shows_a_chart_and_the_quotes_behind_the_value(page: Page) -> None:
    """A value without its evidence is only a claim."""
    page.goto("/items/mythical-fruit-chest")
    expect(page.get_by_test_id("item-chart").locator("canvas").first).to_be_visible()
    expect(page.get_by_test_id("evidence-row").first).to_be_visible()


def test_each_quote_says_how_much_it_counted_and_those_left_out_why(page: Page) -> None:
    """The quotes can be narrowed to those that were left out, and the address remembers it."""
    page.goto("/items/mythical-fruit-chest")
    row = page.get_by_test_id("evidence-row")
    expect(row.first).to_contain_text("%")
    page.get_by_role("button", name="Left out").click()
    expect(page.locator('[data-standing="counted"]')).to_have_count(0)
    expect(row.first).to_be_visible()
    assert page.url.endswith("?evidence=left-out")
    page.get_by_role("button", name="Used").click()
    expect(page.locator('[data-standing="counted"]').first).to_be_visible()


def test_a_trade_that_is_off_says_what_makes_it_fair_and_tries_it(page: Page) -> None:
    """A click adds what is proposed, and the trade is no loss any more."""
    page.goto("/calculator?post=" + quote("3 mc for 4 lc"))
    expect(page.get_by_test_id("verdict")).to_have_attribute("data-verdict", "lose")
    proposal = page.get_by_test_id("adjust")
    expect(proposal).to_contain_text("Ask for", ignore_case=True)
    proposal.get_by_role("button", name="Try it").click()
    expect(page.get_by_test_id("verdict")).not_to_have_attribute("data-verdict", "lose")
    expect(proposal).to_have_count(0)


def test_the_unit_s_own_inflation_is_shown(page: Page) -> None:
    """In the market's line, and beside an item's figures."""
    page.goto("/market")
    expect(page.get_by_test_id("unit-inflation")).to_contain_text("unit inflation")
    page.goto("/items/mythical-fruit-chest")
    expect(page.get_by_text("unit inflation")).to_be_visible()


def test_a_guard_shows_while_the_page_is_open_and_goes_again(page: Page, engine: RunningEngine) -> None:
    """The command goes through the running engine; the page says why, without a reload."""
    data = ("--data", str(engine.data))
    page.goto("/items/pika")
    expect(page.get_by_test_id("connection-pill")).to_have_attribute("data-state", "live")
    done = gpo_market("moderate", "guard", "pika", "--reason", "new accounts ask more", *data)
    assert done.returncode == 0, done.stderr
    expect(page.get_by_test_id("guarded")).to_contain_text("new accounts ask more")
    done = gpo_market("moderate", "unguard", "pika", *data)
    assert done.returncode == 0, done.stderr
    expect(page.get_by_test_id("guarded")).to_have_count(0)


def test_on_a_phone_the_first_page_is_the_calculator(browser: Browser, engine: RunningEngine) -> None:
    """A trader on a phone came for a verdict."""
    phone = browser.new_page(viewport=PHONE, base_url=engine.address)
    phone.goto("/")
    expect(phone.get_by_test_id("paste-box")).to_be_visible()
    phone.close()


def test_a_lost_engine_shows_as_offline_and_a_new_one_is_found_again(
    simulated_market: Path, browser: Browser, tmp_path: Path
) -> None:
    """The pill tells the truth, and the stream resumes by itself."""
    data = tmp_path / "data"
    gpo_market("import", str(simulated_market / "posts.jsonl"), "--data", str(data))
    with run_engine(data, "--feed", "none") as first:
        page = browser.new_page(viewport=DESKTOP)
        page.goto(first.address)
        pill = page.get_by_test_id("connection-pill")
        expect(pill).to_have_attribute("data-state", "live")
        port = first.address.rsplit(":", 1)[1]
        first.kill()
        expect(pill).not_to_have_attribute("data-state", "live")
    with run_engine(data, "--feed", "none", "--port", port):
        expect(pill).to_have_attribute("data-state", "live", timeout=30_000)
    page.close()


def test_a_banner_says_that_the_disk_is_full_until_there_is_room(browser: Browser, tmp_path: Path) -> None:
    """Both come by push while the page is open; a page opened meanwhile has the banner too."""
    with (
        small_disk(tmp_path / "disk") as disk,
        run_engine(disk / "data", "--feed", "none") as engine,
        closing(browser.new_context(base_url=engine.address)) as context,
    ):
        made = gpo_market("keys", "create", "--scope", "ingest", "--data", str(engine.data), "--json")
        page, later = context.new_page(), context.new_page()
        page.goto("/")
        expect(page.get_by_test_id("connection-pill")).to_have_attribute("data-state", "live")
        expect(page.get_by_test_id("intake-banner")).to_have_count(0)
        filler = fill(disk)
        bring_until_refused(engine, json.loads(made.stdout)["key"])
        expect(page.get_by_test_id("intake-banner")).to_contain_text("is full")
        later.goto("/values")
        expect(later.get_by_test_id("intake-banner")).to_contain_text("is full")
        filler.unlink()
        for each in (page, later):
            expect(each.get_by_test_id("intake-banner")).to_have_count(0)
