// Reports in a real browser: node --test tests/browser/report.mjs, with
//   TOOLS    a folder with node_modules/playwright-core and node_modules/axe-core,
//   CHROMIUM the browser's program,
//   REPORTS  a folder with court.html, court-es.html, court.json, hostile.html, world.html, ten.html,
//   SHOTS    (optional) a folder for pictures.
// No network: the browser is offline, and a request that leaves the file fails the test.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";

const { TOOLS, CHROMIUM = "/usr/bin/chromium", REPORTS, SHOTS } = process.env;
const tools = createRequire(`${TOOLS}/`);
const { chromium } = tools("playwright-core");
const axe = readFileSync(tools.resolve("axe-core/axe.min.js"), "utf8");
const court = JSON.parse(readFileSync(`${REPORTS}/court.json`, "utf8"));

let browser;
before(async () => {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];
  browser = await chromium.launch({ executablePath: CHROMIUM, args });
});
after(async () => browser.close());

// Open a report; anything on the console, any error, any request but that for the file itself is noted.
async function open(name, options = {}) {
  const context = await browser.newContext({ offline: true, viewport: { width: 1440, height: 1000 }, ...options });
  const page = await context.newPage();
  const noted = [];
  page.on("console", (message) => noted.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => noted.push(`error: ${error.message}`));
  page.on("request", (request) => noted.push(`request: ${request.url().slice(0, 80)}`));
  page.on("dialog", (dialog) => { noted.push("dialog"); dialog.dismiss(); });
  await page.goto(`file://${REPORTS}/${name}`);
  if (options.javaScriptEnabled !== false) await page.waitForSelector("html[data-ready=yes]", { state: "attached" });
  const file = noted.shift();
  assert.match(file, /^request: file:\/\//);
  return { page, noted, close: () => context.close() };
}

// As the page writes whole numbers.
const shown = (value, gap = ",") => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, gap);

const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function serious(page) {
  // The policy of the page lets no other script in; axe comes by the debugger, past it.
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations
    .filter((violation) => ["serious", "critical"].includes(violation.impact))
    .map((violation) => `${violation.id}: ${violation.nodes[0].html.slice(0, 160)}`);
}

for (const name of ["court.html", "court-es.html", "hostile.html", "world.html"]) {
  test(`${name} opens without a complaint, a request, or a wide page`, async () => {
    for (const width of [360, 768, 1440]) {
      const { page, noted, close } = await open(name, { viewport: { width, height: 900 } });
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
      assert.equal(await wide(page), 0, `${name} scrolls sideways at ${width} px`);
      assert.deepEqual(noted, []);
      assert.equal(await page.evaluate(() => window.ran), undefined, "a text of a file has run");
      await close();
    }
  });

  test(`${name} has charts with marks, axes and words`, async () => {
    const { page, close } = await open(name);
    const charts = await page.$$eval("svg.fan", (all) => all.map((svg) => ({
      marks: svg.querySelectorAll(".series path[d^=M]").length,
      ticks: svg.querySelectorAll(".axis text").length,
      words: svg.querySelector("title").textContent.length * svg.querySelector("desc").textContent.length,
      table: svg.closest("figure").querySelectorAll("details td").length,
    })));
    assert.ok(charts.length > 0);
    for (const chart of charts) {
      assert.ok(chart.marks >= 3 && chart.ticks >= 4 && chart.words > 0 && chart.table > 0, JSON.stringify(chart));
    }
    await close();
  });

  test(`${name} has no serious fault of accessibility, light and dark`, async () => {
    for (const colorScheme of ["light", "dark"]) {
      const { page, close } = await open(name, { colorScheme });
      assert.deepEqual(await serious(page), []);
      await close();
    }
  });
}

test("pointing at a chart reads off the numbers of the document", async () => {
  for (const [name, gap] of [["court.html", ","], ["court-es.html", "\u202f"]]) {
    const { page, noted, close } = await open(name);
    for (const chart of court.queues.charts) {
      const plot = page.locator(`.plot:has(svg[data-chart="${chart.key}"])`);
      await plot.scrollIntoViewIfNeeded();
      const box = await plot.locator("svg").boundingBox();
      const days = court.queues.dates.map((date) => Date.parse(date));
      for (const date of [0, 7, days.length - 1]) {
        const share = (days[date] - days[0]) / (days.at(-1) - days[0]);
        const x = box.x + ((54 + 338 * share) / 400) * box.width;
        await page.mouse.move(x, box.y + box.height / 2);
        const lines = await plot.locator(".readout div").allTextContents();
        chart.series.forEach((series, variant) => {
          const at = (band) => shown(series[band][date], gap);
          for (const part of [` ${at("q50")}`, `${at("q25")}–${at("q75")}`, `${at("q05")}–${at("q95")}`]) {
            assert.ok(lines[variant].includes(part), `${chart.key} at ${date}: no ${part} in ${lines[variant]}`);
          }
        });
      }
    }
    assert.deepEqual(noted, []);
    await close();
  }
});

// As the page writes shares.
const percent = (value) => {
  const digits = Number.isInteger(value) || value >= 100 ? 0 : value >= 1 ? 1 : 2;
  return `${value.toFixed(digits)}\u00a0%`;
};

test("curves of those who filed have marks, axes and words, and read off the numbers of the document", async () => {
  const { page, noted, close } = await open("court.html");
  const { curves } = court.waits;
  assert.ok(curves.length >= 4 && new Set(curves.map((curve) => curve.from)).size === 2);
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
  for (const [number, curve] of curves.entries()) {
    const plot = page.locator(`.plot:has(svg[data-curve="${number}"])`);
    const parts = await plot.locator("svg").evaluate((svg) => ({
      marks: svg.querySelectorAll(".series path[d^=M]").length,
      ticks: svg.querySelectorAll(".axis text").length,
      words: svg.querySelector("title").textContent.length * svg.querySelector("desc").textContent.length,
      table: svg.closest("figure").querySelectorAll("details td").length,
    }));
    assert.ok(parts.marks >= 2 && parts.ticks >= 4 && parts.words > 0 && parts.table > 0, JSON.stringify(parts));
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.locator("svg").boundingBox();
    for (const at of [0, 5, curve.days.length - 1]) {
      const x = box.x + ((54 + (338 * curve.days[at]) / curve.days.at(-1)) / 400) * box.width;
      await page.mouse.move(x, box.y + box.height / 2);
      const heading = await plot.locator(".readout strong").textContent();
      assert.equal(heading, `${shown(curve.days[at])} days since filing`);
      const lines = await plot.locator(".readout div").allTextContents();
      assert.equal(lines.length, curve.traces.length);
      curve.traces.forEach((trace, variant) => {
        for (const part of [` ${percent(trace.q50[at])}`, `${percent(trace.q05[at])}–${percent(trace.q95[at])}`]) {
          assert.ok(lines[variant].includes(part), `${curve.way} at ${at}: no ${part} in ${lines[variant]}`);
        }
      });
    }
  }
  // Whoever files is still open at first.
  assert.ok(curves[0].way === "open" && curves[0].traces[0].q50[0] === 100);
  assert.deepEqual(noted, []);
  await close();
});

test("a page of ten policies is scrolled with nothing in the way", async () => {
  const context = await browser.newContext({ offline: true, viewport: { width: 1440, height: 1000 } });
  const page = await context.newPage();
  // What could make scrolling stutter: a listener that runs at every step, a layout that moves, a page without bounds.
  await page.addInitScript(() => {
    window.heard = [];
    const listen = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (kind, ...rest) {
      window.heard.push(kind);
      return listen.call(this, kind, ...rest);
    };
    window.shifts = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifts += entry.value; })
      .observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(`file://${REPORTS}/ten.html`);
  await page.waitForSelector("html[data-ready=yes]", { state: "attached" });
  const before = await page.evaluate(() => ({
    heard: window.heard,
    on: ["onscroll", "onwheel", "ontouchmove"].filter((kind) => document[kind] || window[kind]),
    nodes: document.getElementsByTagName("*").length,
    height: document.documentElement.scrollHeight,
    moving: document.getAnimations().length,
  }));
  for (const kind of ["scroll", "wheel", "touchmove", "resize"]) assert.ok(!before.heard.includes(kind), kind);
  assert.deepEqual([before.on, before.moving], [[], 0]);
  assert.ok(before.nodes < 40_000, `${before.nodes} elements`);
  for (let y = 0; y <= before.height; y += 800) {
    await page.mouse.wheel(0, 800);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
  const after = await page.evaluate(() => ({
    shifts: window.shifts,
    height: document.documentElement.scrollHeight,
    bottom: window.scrollY + window.innerHeight,
  }));
  assert.deepEqual([after.shifts, after.height], [0, before.height]);
  assert.ok(after.bottom >= before.height - 1, `the end is reached: ${JSON.stringify(after)}`);
  await context.close();
});

test("a chart is read with keys alone", async () => {
  const { page, close } = await open("court.html");
  const plot = page.locator(".plot").first();
  await plot.focus();
  await page.keyboard.press("Home");
  const series = court.queues.charts[0].series[0];
  const first = await plot.locator(".readout div").first().textContent();
  assert.ok(first.includes(shown(series.q50[0])), first);
  await page.keyboard.press("ArrowRight");
  const second = await plot.locator(".readout div").first().textContent();
  assert.ok(second.includes(shown(series.q50[1])), second);
  await page.keyboard.press("Escape");
  assert.equal(await plot.locator(".readout").isVisible(), false);
  await close();
});

test("a policy can be switched off and on, and needs no script for it", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page, close } = await open("court.html", { javaScriptEnabled });
    const marks = page.locator("svg.fan .v1 .med").first();
    const rows = page.locator("#comparison ~ .scroll tr.v1").first();
    await page.uncheck("#show-1");
    assert.deepEqual([await marks.isVisible(), await rows.isVisible()], [false, false]);
    assert.equal(await page.locator("svg.fan .v0 .med").first().isVisible(), true);
    await page.check("#show-1");
    assert.equal(await marks.isVisible(), true);
    await close();
  }
});

test("the logarithmic scale redraws and comes back", async () => {
  const { page, noted, close } = await open("court.html");
  const svg = page.locator("svg.fan").first();
  const straight = await svg.innerHTML();
  await page.check("#logarithmic");
  assert.notEqual(await svg.innerHTML(), straight);
  const ticks = await svg.locator(".axis.y text").allTextContents();
  assert.ok(ticks.every((tick) => /^10*$/.test(tick.replaceAll(",", ""))), ticks.join(" "));
  await page.uncheck("#logarithmic");
  assert.equal(await svg.innerHTML(), straight);
  assert.deepEqual(noted, []);
  await close();
});

test("print keeps the key to the colours, of the policies that are on, and no controls", async () => {
  const { page, close } = await open("court.html");
  await page.uncheck("#show-1");
  await page.emulateMedia({ media: "print" });
  const seen = (selector) => page.locator(selector).isVisible();
  assert.deepEqual([await seen(".controls label.v0 .swatch"), await seen(".controls label.v1")], [true, false]);
  assert.deepEqual([await seen("#show-0"), await seen("#logarithmic"), await seen("nav.contents")], [false, false, false]);
  await close();
});

test("what is the same as the baseline shows when the baseline is switched off", async () => {
  const { page, close } = await open("court.html");
  const { series } = court.queues.charts[0];
  const same = series.findIndex((one, variant) => variant > 0 && JSON.stringify(one) === JSON.stringify(series[0]));
  assert.ok(same > 0, "the court has a policy that changes nothing");
  const drawn = page.locator(`svg.fan .same.v${same}`).first();
  assert.equal(await drawn.isVisible(), false);
  await page.uncheck("#show-0");
  assert.equal(await drawn.isVisible(), true);
  assert.ok((await drawn.boundingBox()).width > 100);
  await close();
});

test("the page is complete without its script", async () => {
  const { page, close } = await open("court.html", { javaScriptEnabled: false });
  assert.equal(await page.locator("svg.fan .med").first().isVisible(), true);
  assert.equal(await page.locator("svg.network").first().isVisible(), true);
  assert.equal(await page.locator("#logarithmic").isVisible(), false);
  await close();
});

test("an enclosed file is what was read", async () => {
  const files = court.origin.files;
  for (const javaScriptEnabled of [true, false]) {
    const { page, close } = await open("court.html", { javaScriptEnabled });
    const links = await page.$$eval("a[download]", (all) => all.map((link) => [link.download, link.href]));
    // Packed where there is no script to unpack them.
    const text = (href) => javaScriptEnabled
      ? decodeURIComponent(href.split("charset=utf-8,")[1])
      : gunzipSync(Buffer.from(href.split("base64,")[1], "base64")).toString("utf8");
    assert.deepEqual(links.map(([, href]) => text(href)), files.map((file) => file.text));
    const end = javaScriptEnabled ? "" : ".gz";
    assert.deepEqual(links.map(([name]) => name), files.map((file) => file.path.split("/").pop() + end));
    await close();
  }
});

test("links lead to the web and nowhere else", async () => {
  for (const name of ["court.html", "hostile.html"]) {
    const { page, close } = await open(name);
    const links = await page.$$eval("a[href]", (all) => all.map((link) => link.getAttribute("href")));
    assert.ok(links.every((link) => /^(#|https?:\/\/|data:text\/plain;charset=utf-8,)/.test(link)));
    await close();
  }
});

test("pictures are taken where somebody wants to look", { skip: !SHOTS }, async () => {
  const looks = [["light", {}], ["dark", { colorScheme: "dark" }], ["phone", { viewport: { width: 360, height: 800 } }]];
  for (const [look, options] of looks) {
    const { page, close } = await open("world.html", options);
    await page.screenshot({ path: `${SHOTS}/${look}.png`, fullPage: true });
    if (look === "light") await page.pdf({ path: `${SHOTS}/print.pdf`, format: "A4" });
    await close();
  }
});
