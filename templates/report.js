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
    return (value < 0 ? "-" : "") + grouped + (rest ? "." + rest : "");
  }

  const dates = new Intl.DateTimeFormat(lang === "es" ? "es-MX" : "en-GB", { dateStyle: "long", timeZone: "UTC" });

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function start(report) {
    const days = report.queues.dates.map((date) => Date.parse(date + "T00:00:00Z"));
    const charts = new Map(report.queues.charts.map((chart) => [chart.key, chart]));
    const labels = report.variants.map((variant) => variant.label[lang] ?? variant.label.en);
    for (const plot of document.querySelectorAll(".plot")) {
      const chart = charts.get(plot.querySelector("svg.fan").dataset.chart);
      if (chart) read(plot, chart, days, report.queues.dates, labels);
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

  function read(plot, chart, days, names, labels) {
    const panel = plot.appendChild(element("div", "readout"));
    panel.setAttribute("role", "status");
    panel.hidden = true;
    let current = -1;

    function show(date) {
      current = Math.max(0, Math.min(days.length - 1, date));
      const x = place(days, current);
      const cursor = plot.querySelector(".cursor");
      cursor.setAttribute("x1", x);
      cursor.setAttribute("x2", x);
      cursor.setAttribute("visibility", "visible");
      panel.replaceChildren(element("strong", "", dates.format(new Date(names[current] + "T00:00:00Z"))));
      chart.series.forEach((series, variant) => {
        if (!series || !shown(variant) || series.q50[current] === null) return;
        const at = (band) => number(series[band][current]);
        const line = panel.appendChild(element("div", "v" + variant));
        line.dataset.variant = variant;
        line.appendChild(element("b", "", labels[variant]));
        line.appendChild(element("span", "value", `${words.median} ${at("q50")}`));
        line.appendChild(element("span", "", `50\u00a0% ${at("q25")}–${at("q75")}`));
        line.appendChild(element("span", "", `90\u00a0% ${at("q05")}–${at("q95")}`));
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
      const box = plot.querySelector("svg.fan").getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * 400;
      let best = 0;
      for (let date = 1; date < days.length; date += 1) {
        if (Math.abs(place(days, date) - x) < Math.abs(place(days, best) - x)) best = date;
      }
      show(best);
    });
    plot.addEventListener("pointerleave", hide);
    plot.addEventListener("focus", () => { if (plot.matches(":focus-visible")) show(current < 0 ? days.length - 1 : current); });
    plot.addEventListener("blur", hide);
    plot.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -12, PageDown: 12, Home: -1e9, End: 1e9 };
      if (event.key === "Escape") hide();
      if (!(event.key in steps)) return;
      event.preventDefault();
      show((current < 0 ? days.length - 1 : current) + steps[event.key]);
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
      const group = svg.querySelector(`.series[data-v="${variant}"]`);
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
