/* The epidemic curve: levels as a strip on the time axis, new cases, Rt with its interval. */
(() => {
  "use strict";
  const board = (window.MusterBoard = window.MusterBoard || {});
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
  board.token = token;
  board.rem = rem;
  board.element = (id) => document.getElementById(id);

  /* One chart per place on the page, made once and then only changed: a moment that moves must not flash. */
  board.chart = (id) => {
    const element = board.element(id);
    const chart = echarts.getInstanceByDom(element) || echarts.init(element, null, { renderer: "canvas" });
    if (!element.dataset.watched) {
      element.dataset.watched = "1";
      new ResizeObserver(() => { chart.resize(); document.dispatchEvent(new CustomEvent("board:resized", { detail: id })); }).observe(element);
    }
    return chart;
  };

  board.tooltip = (size) => ({
    backgroundColor: token("--m-surface"), borderColor: token("--m-line"), confine: true,
    textStyle: { color: token("--m-text"), fontSize: size, fontFamily: token("--m-font") },
  });

  const TOP_OF_RT = 6;

  const hatch = (color) => {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.strokeStyle = color;
    pen.lineWidth = 2.5;
    pen.beginPath();
    [[-2, 2, 2, -2], [0, 8, 8, 0], [6, 10, 10, 6]].forEach(([x1, y1, x2, y2]) => { pen.moveTo(x1, y1); pen.lineTo(x2, y2); });
    pen.stroke();
    return { image: tile, repeat: "repeat" };
  };

  /* A name that does not fit its stretch is shortened to its numeral, never cut. */
  const levelStrip = (levels, fixed, size) => (params, api) => {
    const span = levels[params.dataIndex];
    const half = api.size([1, 0])[0] / 2;
    const left = api.coord([span.from, 0])[0] - half;
    const right = api.coord([span.to, 0])[0] + half;
    const area = params.coordSys;
    const width = Math.max(right - left, 2);
    const full = fixed.levels[span.level];
    const fits = (text) => text.length * size * (/[^\x00-\xff]/.test(text) ? 1.05 : 0.6) + 8 < width;
    const text = fits(full) ? full : fits(fixed.numerals[span.level]) ? fixed.numerals[span.level] : "";
    return {
      type: "group",
      children: [
        { type: "rect", shape: { x: left, y: area.y, width: Math.max(width - 1, 1), height: area.height, r: 3 }, style: { fill: token(`--m-level-${span.level}`) } },
        { type: "text", style: { text, x: left + width / 2, y: area.y + area.height / 2, textAlign: "center", textVerticalAlign: "middle", fill: "#fff", font: `700 ${size}px ${token("--m-font")}` } },
      ],
    };
  };

  const axes = (fixed, size) => {
    const line = { lineStyle: { color: token("--m-line") } };
    const label = { color: token("--m-muted"), fontSize: size, fontFamily: token("--m-font"), hideOverlap: true };
    const x = (grid, shown) => ({
      type: "category", gridIndex: grid, data: fixed.axis, axisLine: line, axisTick: { show: false },
      axisLabel: { ...label, show: shown, formatter: (day) => day.slice(5), showMinLabel: true, alignMinLabel: "left", showMaxLabel: true, alignMaxLabel: "right" },
    });
    const y = (grid, extra) => ({ type: "value", gridIndex: grid, splitLine: { lineStyle: { color: token("--m-line"), opacity: 0.6 } }, axisLabel: label, splitNumber: 3, ...extra });
    return {
      xAxis: [{ ...x(0, false), axisLine: { show: false } }, x(1, false), x(2, true)],
      yAxis: [
        { type: "value", gridIndex: 0, min: 0, max: 1, show: false },
        y(1, { minInterval: 1, min: 0 }),
        y(2, { min: 0, max: TOP_OF_RT, interval: 2 }),
      ],
    };
  };

  const bars = (curve) => ({
    type: "bar", xAxisIndex: 1, yAxisIndex: 1, barCategoryGap: "18%", animation: false,
    data: curve.new.map((value, i) => ({
      value,
      itemStyle: curve.late[i]
        ? { color: token("--op-bar-late"), decal: null, borderColor: token("--op-bar-late"), borderWidth: 1 }
        : { color: token("--op-bar") },
    })),
    markLine: changes(curve),
  });

  const lateBars = (curve) => ({
    type: "bar", xAxisIndex: 1, yAxisIndex: 1, barGap: "-100%", barCategoryGap: "18%", animation: false, silent: true, z: 3,
    data: curve.new.map((value, i) => (curve.late[i] ? value : null)),
    itemStyle: { color: hatch(token("--m-surface")) },
  });

  const changes = (curve) => ({
    silent: true, symbol: "none", animation: false, label: { show: false },
    lineStyle: { color: token("--m-muted"), type: "dashed", width: 1 },
    data: curve.levels.slice(1).map((span) => ({ xAxis: span.from })),
  });

  const lines = (curve) => {
    const common = { type: "line", xAxisIndex: 2, yAxisIndex: 2, symbol: "none", animation: false, silent: true };
    const clipped = (list) => list.map((value) => (value === null ? null : Math.min(value, TOP_OF_RT)));
    const low = clipped(curve.low), high = clipped(curve.high);
    return [
      { ...common, stack: "band", data: low, lineStyle: { opacity: 0 } },
      { ...common, stack: "band", data: high.map((value, i) => (value === null ? null : value - low[i])), lineStyle: { opacity: 0 }, areaStyle: { color: token("--op-rt"), opacity: 0.28 } },
      {
        ...common, data: clipped(curve.mean), lineStyle: { color: token("--op-rt"), width: Math.max(2, rem() / 7) },
        markLine: { silent: true, symbol: "none", animation: false, label: { show: false }, data: [{ yAxis: 1 }], lineStyle: { color: token("--m-good"), type: "dashed", width: 1.5 } },
      },
    ];
  };

  const captions = (left, size, places) => places.map(([text, top]) => ({
    type: "text", left, top, silent: true, style: { text, fill: token("--m-muted"), font: `500 ${size}px ${token("--m-font")}` },
  }));

  const told = (curve, fixed) => (params) => {
    const i = params[0] ? params[0].dataIndex : -1;
    if (i < 0) return "";
    const figure = (value) => (value === null || value === undefined ? "–" : value.toFixed(2));
    const level = curve.levels.find((span) => span.from <= i && i <= span.to);
    const rows = [fixed.axis[i], `${fixed.labels.new}: ${curve.new[i] ?? "–"}${curve.late[i] ? ` (${fixed.labels.late})` : ""}`];
    if (curve.mean[i] !== null && curve.mean[i] !== undefined) rows.push(`Rt ${figure(curve.mean[i])} (95%: ${figure(curve.low[i])}–${figure(curve.high[i])})`);
    if (level) rows.push(fixed.levels[level.level]);
    return rows.map(echarts.format.encodeHTML).join("<br>");
  };

  board.drawCurve = (data, fixed) => {
    const chart = board.chart("chart-curve");
    const size = Math.round(rem() * 0.82);
    const height = chart.getHeight();
    const strip = Math.round(size * 1.9), foot = Math.round(size * 2), head = Math.round(size * 1.7);
    const room = height - strip - foot - 2 * head;
    const cases = Math.round(room * 0.6), rt = room - cases;
    const left = Math.round(size * 2.6), right = Math.round(size * 0.8);
    const grid = (top, tall) => ({ left, right, top, height: tall });
    const tops = [0, strip + head, strip + head + cases + head];
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: token("--m-font") },
      grid: [grid(tops[0], strip), grid(tops[1], cases), grid(tops[2], rt)],
      ...axes(fixed, size),
      axisPointer: { link: [{ xAxisIndex: "all" }] },
      tooltip: { ...board.tooltip(size), trigger: "axis", formatter: told(data.curve, fixed) },
      graphic: captions(left + 2, size, [[fixed.labels.new, strip + head * 0.2], [`Rt ${fixed.labels.cap}`, tops[2] - head * 0.9]]),
      series: [
        { type: "custom", xAxisIndex: 0, yAxisIndex: 0, silent: true, animation: false, clip: false, renderItem: levelStrip(data.curve.levels, fixed, size), data: data.curve.levels.map((span) => [span.from, 0]) },
        bars(data.curve), lateBars(data.curve), ...lines(data.curve),
      ],
    }, { notMerge: true });
  };
})();
