// Reading off, arrow keys and the logarithmic scale. The page is complete without it.
// It reads the document that the page encloses, fetches nothing, and writes text only as text.
"use strict";
(() => {
  // The field inside the axes, as src/report/chart/fan.rs draws it.
  const FIELD = { left: 54, top: 8, width: 338, height: 204 };
  const SVG = "http://www.w3.org/2000/svg";
  const lang = document.documentElement.lang;
  const words = document.getElementById("readout-words").dataset;
  const packed = document.getElementById("document");
  if (!packed || !("DecompressionStream" in window)) return;

  function unpack(text, format) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)));
  }
  unpack(packed.textContent.trim(), "deflate").json().then(start);

  const gap = lang === "es" ? "\u202f" : ",";
  function number(value) {
    const size = Math.abs(value);
    const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 1 ? 1 : 2;
    const [whole, rest] = size.toFixed(digits).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, gap);
    // What rounds to nothing has no sign.
    const sign = value < 0 && Number(size.toFixed(digits)) > 0 ? "-" : "";
    return sign + grouped + (rest ? "." + rest : "");
  }

  const dates = new Intl.DateTimeFormat(lang === "es" ? "es-MX" : "en-GB", { dateStyle: "long", timeZone: "UTC" });

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // Bands as the page writes them: whole numbers of their last digit, the median in steps, the others from the median.
  function full(bands) {
    if (!Array.isArray(bands)) return bands;
    const [, decade, ...lists] = bands;
    const names = lists.length === 6 ? ["mean", "q05", "q25", "q50", "q75", "q95"] : ["q05", "q50", "q95"];
    const middle = names.indexOf("q50");
    let last = 0;
    const median = lists[middle].map((step) => (step === null ? null : (last += step)));
    const value = (whole) => (whole === null ? null : decade < 0 ? whole / 10 ** -decade : whole * 10 ** decade);
    const band = (list, place) =>
      place === middle ? median.map(value) : list.map((beside, at) => value(beside === null ? null : (median[at] ?? 0) + beside));
    return Object.fromEntries(names.map((name, place) => [name, band(lists[place], place)]));
  }

  function start(report) {
    for (const chart of report.queues.charts) chart.series = chart.series.map(full);
    for (const curve of report.waits.curves) curve.traces = curve.traces.map(full);
    const days = report.queues.dates.map((date) => Date.parse(date + "T00:00:00Z"));
    const charts = new Map(report.queues.charts.map((chart) => [chart.key, chart]));
    // As in the rows of tables: a label of several titles is too long beside its numbers.
    const called = ({ label, name }) => ([...(label[lang] ?? label.en)].length > 40 ? name : (label[lang] ?? label.en));
    const labels = report.variants.map(called);
    for (const plot of document.querySelectorAll(".plot")) {
      const { chart, curve } = plot.querySelector("svg").dataset;
      if (chart !== undefined && charts.has(chart)) read(plot, levels(charts.get(chart), days, report.queues.dates), labels);
      if (curve !== undefined) read(plot, shares(report.waits.curves[curve]), labels);
    }
    // The links lead to packed files, as a page without a script cannot unpack; here the files themselves are at hand.
    for (const link of document.querySelectorAll("a[download]")) {
      unpack(link.href.split("base64,")[1], "gzip").text().then((text) => {
        link.href = "data:text/plain;charset=utf-8," + encodeURIComponent(text);
        link.download = link.download.replace(/\.gz$/, "");
      });
    }
    const control = document.getElementById("logarithmic");
    control.closest("label").hidden = false;
    control.addEventListener("change", () => rescale(charts, days, control.checked));
    if (control.checked) rescale(charts, days, true);
    document.documentElement.dataset.ready = "yes";
  }

  // Whether a policy is switched on.
  const shown = (variant) => document.getElementById("show-" + variant)?.checked ?? true;
  const place = (days, date) => FIELD.left + ((days[date] - days[0]) / (days[days.length - 1] - days[0])) * FIELD.width;

  // What can be read off a chart: where its columns stand, what each is called, and the lines of a variant there.
  function levels(chart, days, names) {
    const lines = (series, at) => {
      const part = (band) => number(series[band][at]);
      return [`${words.median} ${part("q50")}`, `50\u00a0% ${part("q25")}–${part("q75")}`, `90\u00a0% ${part("q05")}–${part("q95")}`];
    };
    const name = (at) => dates.format(new Date(names[at] + "T00:00:00Z"));
    return { columns: days, series: chart.series, name, lines };
  }

  function shares(curve) {
    const lines = (series, at) => {
      const part = (band) => number(series[band][at]) + "\u00a0%";
      return [`${words.median} ${part("q50")}`, `90\u00a0% ${part("q05")}–${part("q95")}`];
    };
    const name = (at) => words.since.replace("{n}", number(curve.days[at]));
    return { columns: curve.days, series: curve.traces, name, lines };
  }

  function read(plot, { columns, series: all, name, lines }, labels) {
    const panel = plot.appendChild(element("div", "readout"));
    panel.setAttribute("role", "status");
    panel.hidden = true;
    let current = -1;

    function show(date) {
      current = Math.max(0, Math.min(columns.length - 1, date));
      const x = place(columns, current);
      const cursor = plot.querySelector(".cursor");
      cursor.setAttribute("x1", x);
      cursor.setAttribute("x2", x);
      cursor.setAttribute("visibility", "visible");
      panel.replaceChildren(element("strong", "", name(current)));
      all.forEach((series, variant) => {
        if (!series || !shown(variant) || series.q50[current] === null) return;
        const line = panel.appendChild(element("div", "v" + variant));
        line.dataset.variant = variant;
        line.appendChild(element("b", "", labels[variant]));
        lines(series, current).forEach((text, first) => line.appendChild(element("span", first === 0 ? "value" : "", text)));
      });
      panel.classList.toggle("left", x > FIELD.left + FIELD.width / 2);
      panel.hidden = false;
    }

    function hide() {
      panel.hidden = true;
      plot.querySelector(".cursor").setAttribute("visibility", "hidden");
    }

    plot.tabIndex = 0;
    plot.addEventListener("pointermove", (event) => {
      const box = plot.querySelector("svg").getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * 400;
      let best = 0;
      for (let at = 1; at < columns.length; at += 1) {
        if (Math.abs(place(columns, at) - x) < Math.abs(place(columns, best) - x)) best = at;
      }
      show(best);
    });
    plot.addEventListener("pointerleave", hide);
    plot.addEventListener("focus", () => { if (plot.matches(":focus-visible")) show(current < 0 ? columns.length - 1 : current); });
    plot.addEventListener("blur", hide);
    plot.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -12, PageDown: 12, Home: -1e9, End: 1e9 };
      if (event.key === "Escape") hide();
      if (!(event.key in steps)) return;
      event.preventDefault();
      show((current < 0 ? columns.length - 1 : current) + steps[event.key]);
    });
  }

  const straight = new Map();

  // Draw all charts again on a logarithmic scale, or put the drawings back as they were.
  function rescale(charts, days, logarithmic) {
    for (const svg of document.querySelectorAll("svg.fan")) {
      const chart = charts.get(svg.dataset.chart);
      if (!chart) continue;
      if (!straight.has(svg)) straight.set(svg, [...svg.childNodes].map((node) => node.cloneNode(true)));
      svg.replaceChildren(...straight.get(svg).map((node) => node.cloneNode(true)));
      if (logarithmic) redraw(svg, chart, days);
    }
  }

  function redraw(svg, chart, days) {
    const all = chart.series.flatMap((series) => (series ? [...series.q05, ...series.q95] : []));
    const positive = all.filter((value) => value !== null && value > 0);
    if (positive.length === 0) return;
    const low = Math.floor(Math.log10(Math.max(1, Math.min(...positive))));
    const high = Math.max(low + 1, Math.log10(Math.max(Number(svg.dataset.top), ...positive)));
    const y = (value) => {
      const share = (Math.log10(Math.max(value, 10 ** low)) - low) / (high - low);
      return FIELD.top + FIELD.height * (1 - Math.max(0, Math.min(1, share)));
    };
    const points = (band, back) => {
      const found = band.map((value, date) => (value === null ? null : `${Math.round(10 * place(days, date))} ${Math.round(10 * y(value))}`));
      return (back ? found.reverse() : found).filter((point) => point !== null).join("L");
    };
    chart.series.forEach((series, variant) => {
      const group = svg.querySelector(`.series.v${variant}`);
      // What is the same as the baseline uses its paths.
      if (!series || !group || !group.querySelector(".b90")) return;
      group.querySelector(".b90").setAttribute("d", `M${points(series.q05)}L${points(series.q95, true)}z`);
      group.querySelector(".b50").setAttribute("d", `M${points(series.q25)}L${points(series.q75, true)}z`);
      group.querySelector(".med").setAttribute("d", `M${points(series.q50)}`);
    });
    axis(svg.querySelector(".axis.y"), low, high, y);
    for (const old of svg.querySelectorAll(".capacity, .note, .published")) old.remove();
    if (chart.capacity !== null && chart.capacity > 0 && Math.log10(chart.capacity) <= high) {
      const line = svg.insertBefore(document.createElementNS(SVG, "line"), svg.querySelector(".cursor"));
      line.setAttribute("class", "capacity");
      const ends = { x1: FIELD.left, x2: FIELD.left + FIELD.width, y1: y(chart.capacity), y2: y(chart.capacity) };
      for (const [name, value] of Object.entries(ends)) line.setAttribute(name, value);
    }
    for (const published of chart.published) {
      const at = Date.parse(published.date + "T00:00:00Z");
      const share = (at - days[0]) / (days[days.length - 1] - days[0]);
      if (!(share >= 0 && share <= 1)) continue;
      const ring = svg.insertBefore(document.createElementNS(SVG, "circle"), svg.querySelector(".cursor"));
      ring.setAttribute("class", "published");
      ring.setAttribute("r", "3.5");
      ring.setAttribute("cx", FIELD.left + share * FIELD.width);
      ring.setAttribute("cy", y(published.value));
    }
  }

  function axis(group, low, high, y) {
    group.replaceChildren();
    for (let decade = low; decade <= high; decade += 1) {
      const value = 10 ** decade;
      const line = group.appendChild(document.createElementNS(SVG, "line"));
      line.setAttribute("class", "grid");
      for (const [name, at] of Object.entries({ x1: FIELD.left, x2: FIELD.left + FIELD.width, y1: y(value), y2: y(value) })) {
        line.setAttribute(name, at);
      }
      const tick = group.appendChild(document.createElementNS(SVG, "text"));
      tick.setAttribute("x", FIELD.left - 5);
      tick.setAttribute("y", y(value) + 3.5);
      tick.textContent = number(value);
    }
  }
})();
