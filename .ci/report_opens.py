"""Opens the report.html of a run in a headless browser and holds it against junit.xml and results.json.

usage: report_opens.py FOLDER AXE.JS [PICTURES]
"""

import base64
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from junitparser import Error, Failure, JUnitXml, Skipped
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync
    --disable-background-networking --disable-component-update --hide-scrollbars""".split()
# Where each standing of a purpose is found in JUnit.
JUNIT = {
    "pass": "passed",
    "fail": "failed",
    "error": "error",
    "inconclusive": "error",
    "advisory": "skipped",
    "waived": "skipped",
    "not_applicable": "skipped",
}


def main(folder, axe, pictures=None):
    page = (folder / "report.html").resolve()
    results = json.loads((folder / "results.json").read_text())
    with browser() as driver:
        driver.get(page.as_uri())
        agrees_with_results(driver, results)
        agrees_with_junit(driver, JUnitXml.fromfile(str(folder / "junit.xml")))
        shows_failures(driver, results)
        filters(driver)
        prints(driver, results)
        keeps_to_itself(driver, page)
        for scheme, width in (("light", 1400), ("dark", 400)):
            emulate(driver, scheme, width)
            is_readable(driver, axe, f"{scheme}, {width} wide")
            if pictures:
                take_picture(driver, pictures / f"{folder.name}-{scheme}.png")
        withstands_injection(driver)
    with browser(script=False) as driver:
        driver.get(page.as_uri())
        needs_no_script(driver, results)
    size = page.stat().st_size // 1024
    print(f"{page}: {len(results['purposes'])} purposes, {size} KiB, opens, filters, prints and agrees")


@contextmanager
def browser(script=True):
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    if not script:
        forbidden = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", forbidden)
    with tempfile.TemporaryDirectory() as data:
        for flag in [*FLAGS, f"--user-data-dir={data}"]:
            options.add_argument(flag)
        service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
        driver = webdriver.Chrome(options=options, service=service)
        try:
            driver.set_script_timeout(120)
            offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
            driver.execute_cdp_cmd("Network.enable", {})
            driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
            # What the browser asks for its own first page is not the report's.
            driver.get("about:blank")
            driver.get_log("performance")
            yield driver
        finally:
            driver.quit()


def attributes(driver, selector, *names):
    """These attributes of all elements that the selector finds."""
    read = "return [...document.querySelectorAll(arguments[0])].map(e => arguments[1].map(n => e.getAttribute(n)))"
    return driver.execute_script(read, selector, names)


def counters(driver):
    read = "return [...document.querySelectorAll('[data-count]')].map(e => [e.dataset.count, Number(e.textContent)])"
    return dict(driver.execute_script(read))


def agrees_with_results(driver, results):
    told = counters(driver)
    stale = len(results["stale_waivers"])
    expected = {**results["counts"], "stale_waivers": stale, "total": len(results["purposes"])}
    assert told == expected, f"counters tell {told}, results {expected}"
    rows = attributes(driver, "[data-purpose]", "data-purpose", "data-standing", "data-group")
    assert [row[0] for row in rows] == [p["id"] for p in results["purposes"]]
    assert [row[2] for row in rows] == [p["group"] for p in results["purposes"]]
    assert Counter(row[1] for row in rows) == Counter({k: n for k, n in results["counts"].items() if n})
    outcome = attributes(driver, "[data-outcome]", "data-outcome", "data-scope")
    assert outcome == [[results["outcome"], results["scope"]]], outcome
    ledger = attributes(driver, "[data-requirement]", "data-requirement", "data-disposition")
    entries = results["ledger"]["requirements"]
    assert sorted(ledger) == sorted([e["id"], e["disposition"]] for e in entries)


def agrees_with_junit(driver, report):
    kinds = {Failure: "failed", Error: "error", Skipped: "skipped"}
    cases = [case for suite in report for case in suite]
    junit = {case.name: kinds[type(case.result[0])] if case.result else "passed" for case in cases}
    rows = attributes(driver, "[data-purpose]", "data-purpose", "data-standing")
    page = {id: JUNIT[standing] for id, standing in rows}
    page |= {f"waiver/{id}": "failed" for [id] in attributes(driver, "[data-stale-waiver]", "data-stale-waiver")}
    assert page == junit, set(page.items()) ^ set(junit.items())


def shows_failures(driver, results):
    failed = {p["id"]: p for p in results["purposes"] if p["verdict"] == "fail"}
    shown = driver.find_elements(By.CSS_SELECTOR, "[data-finding]")
    assert {it.get_attribute("data-finding") for it in shown} == failed.keys()
    unseen = 0
    for finding in shown:
        result = failed[finding.get_attribute("data-finding")]
        assert finding.is_displayed()
        for text in (result["cause"], result["expected"], result["observed"], result["reproduce"]):
            assert text in finding.text, f"{text!r} is not in {finding.text!r}"
        if "No exchange is shown: " in finding.text:
            unseen += 1
        elif "transcript" in result and "step" in result:
            exchange = finding.find_element(By.CSS_SELECTOR, ".exchange pre")
            assert exchange.is_displayed() and exchange.text
    # What is too large for the page says so; that may only be the exception.
    assert unseen <= len(shown) // 20, f"{unseen} of {len(shown)} failures show no exchange"


def filters(driver):
    rows = driver.find_elements(By.CSS_SELECTOR, "[data-purpose]")
    total = len(rows)

    def visible():
        return driver.execute_script("return arguments[0].filter(row => row.checkVisibility())", rows)

    assert driver.find_element(By.ID, "filter").is_displayed()
    assert len(visible()) == total
    verdict = Select(driver.find_element(By.ID, "filter-verdict"))
    for option in [option.get_attribute("value") for option in verdict.options if option.get_attribute("value")]:
        verdict.select_by_value(option)
        shown = visible()
        assert {row.get_attribute("data-standing") for row in shown} == {option}
        assert len(shown) == counters(driver)[option]
        assert driver.find_element(By.ID, "filter-shown").text == f"{len(shown)} of {total} shown"
    driver.find_element(By.ID, "filter-reset").click()
    assert len(visible()) == total
    text = driver.find_element(By.ID, "filter-text")
    first = rows[0].get_attribute("data-purpose")
    text.send_keys(first.lower())
    assert [row.get_attribute("data-purpose") for row in visible()] == [first]
    last = rows[-1].get_attribute("id")
    driver.execute_script("location.hash = arguments[0]", last)
    assert rows[-1].is_displayed(), "a link into the table does not find its row"
    assert len(visible()) == total
    text.send_keys("nothing says this")
    assert not visible()
    text.clear()
    driver.find_element(By.ID, "filter-reset").click()
    assert len(visible()) == total


def prints(driver, results):
    # What is filtered away on the screen, and what is folded, is on paper.
    driver.find_element(By.ID, "filter-text").send_keys("nothing says this")
    pdf = base64.b64decode(driver.print_page())
    driver.find_element(By.ID, "filter-reset").click()
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, stdout=subprocess.PIPE, check=True).stdout.decode()
    pages = text.count("\f")
    assert pages >= 2, f"{pages} pages"
    on_one_line = " ".join(text.split())
    for purpose in results["purposes"]:
        assert purpose["id"] in on_one_line, f"{purpose['id']} is not printed"
    for text in ("Requirement ledger", "Threats of TR-0008", f"Outcome {results['outcome']}"):
        assert text in on_one_line, f"{text!r} is not printed"
    assert "Show all" not in on_one_line, "the filter is printed"


def emulate(driver, scheme, width):
    media = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def is_readable(driver, axe, where):
    """By the rules of axe: contrast, names, landmarks, headings, tables. And nothing leaves the window."""
    driver.execute_script(axe.read_text())
    run = "const done = arguments[arguments.length - 1]; axe.run().then(done, e => done({error: String(e)}))"
    found = driver.execute_async_script(run)
    assert "error" not in found, found["error"]
    for violation in found["violations"]:
        nodes = [node["target"] for node in violation["nodes"]][:5]
        sys.exit(f"{where}: {violation['id']}: {violation['help']}: {nodes}")
    assert any(rule["id"] == "color-contrast" for rule in found["passes"])
    overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert driver.execute_script(overflow) <= 0, f"{where}: the page is wider than its window"


def keeps_to_itself(driver, page):
    asked = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    requests = {m["params"]["request"]["url"].partition("#")[0] for m in asked if m["method"] == "Network.requestWillBeSent"}
    assert requests <= {page.as_uri()}, f"the page asks for {requests}"
    complaints = [entry["message"] for entry in driver.get_log("browser")]
    assert not complaints, complaints


def withstands_injection(driver):
    """Were an element injected after all, the policy of the page would stop it."""
    hostile = """<img src="https://host.example/x" onerror="window.hostile = 1">
        <iframe srcdoc="<script>parent.hostile = 1</script>"></iframe>
        <div id="styled" style="position: fixed">x</div>"""
    driver.execute_script("document.body.insertAdjacentHTML('beforeend', arguments[0])", hostile)
    driver.execute_async_script("setTimeout(arguments[0], 300)")
    assert driver.execute_script("return window.hostile === undefined")
    assert driver.execute_script("return getComputedStyle(document.getElementById('styled')).position") == "static"
    blocked = [entry["message"] for entry in driver.get_log("browser")]
    assert any("Content Security Policy" in message for message in blocked), blocked


def needs_no_script(driver, results):
    assert not driver.find_element(By.ID, "filter").is_displayed()
    rows = driver.find_elements(By.CSS_SELECTOR, "[data-purpose]")
    assert len(rows) == len(results["purposes"]) and all(row.is_displayed() for row in rows)


def take_picture(driver, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": False})
    path.write_bytes(base64.b64decode(picture["data"]))


main(*map(Path, sys.argv[1:]))
