/* Charts of a stress test: fans by day, chances of running short, the heat map of clauses, the tornado. */
(() => {
  "use strict";
  const said = document.getElementById("stress-charts");
  if (!said) return;
  const data = JSON.parse(said.textContent);
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
  const COLOURS = ["#1d4ed8", "#b45309", "#15803d", "#b91c1c", "#6d28d9", "#0e7490", "#a16207", "#be185d"];
  const days = data.days.map((day) => day.slice(5));
  const percent = (value) => `${(value * 100).toFixed(1)}%`;
  const figure = (value) => value.toLocaleString(document.documentElement.lang);
  const text = () => ({ color: token("--m-muted"), fontFamily: token("--m-font"), fontSize: 0.75 * rem() });
  const axis = (more) => ({ axisLabel: { ...text(), hideOverlap: true }, axisLine: { lineStyle: { color: token("--m-line") } }, splitLine: { lineStyle: { color: token("--m-line"), opacity: 0.6 } }, ...more });
  const tooltip = (more) => ({ backgroundColor: token("--m-surface"), borderColor: token("--m-line"), confine: true, textStyle: { color: token("--m-text"), fontFamily: token("--m-font"), fontSize: 0.8125 * rem() }, ...more });
  const base = () => ({ animation: false, grid: { left: 8, right: 14, top: 14, bottom: 8, containLabel: true }, textStyle: { fontFamily: token("--m-font") } });
  const day = (place) => `${data.words.day.replace("{n}", place + 1)} · ${data.days[place]}`;

  const fan = (place) => {
    const { bands } = data.fans[place];
    const [low, quarter, middle, threeQuarters, high] = bands;
    const between = (a, b) => b.map((value, index) => value - a[index]);
    const area = (values, opacity) => ({ type: "line", stack: "fan", symbol: "none", silent: true, lineStyle: { width: 0 }, areaStyle: { color: token("--m-link"), opacity }, data: values });
    return {
      ...base(),
      tooltip: tooltip({ trigger: "axis", formatter: (points) => { const at = points[0].dataIndex; return [day(at), `${data.words.median} ${figure(middle[at])}`, `${data.words.half} ${figure(quarter[at])} – ${figure(threeQuarters[at])}`, `${data.words.nine} ${figure(low[at])} – ${figure(high[at])}`].join("<br>"); } }),
      xAxis: axis({ type: "category", data: days, boundaryGap: false }),
      yAxis: axis({ type: "value", minInterval: 1 }),
      series: [area(low, 0), area(between(low, quarter), 0.16), area(between(quarter, middle), 0.34), area(between(middle, threeQuarters), 0.34), area(between(threeQuarters, high), 0.16),
        { type: "line", symbol: "none", lineStyle: { width: 2.5, color: token("--m-link") }, data: middle }],
    };
  };

  const short = (kind) => ({
    ...base(),
    grid: { left: 8, right: 14, top: 48, bottom: 8, containLabel: true },
    legend: { top: 0, type: "scroll", textStyle: text(), pageTextStyle: text() },
    color: COLOURS,
    tooltip: tooltip({ trigger: "axis", formatter: (points) => [day(points[0].dataIndex), ...points.map((point) => `${echarts.format.encodeHTML(point.seriesName)} ${percent(point.value)}`)].join("<br>") }),
    xAxis: axis({ type: "category", data: days, boundaryGap: false }),
    yAxis: axis({ type: "value", max: 1, axisLabel: { ...text(), formatter: (value) => `${Math.round(value * 100)}%` } }),
    series: data.short[kind].map((one, index) => ({ type: "line", name: one.name, symbol: "none", lineStyle: { width: 2, type: index % 2 ? "dashed" : "solid" }, data: one.chance })),
  });

  const heat = () => ({
    ...base(),
    grid: { left: 8, right: 14, top: 8, bottom: 44, containLabel: true },
    tooltip: tooltip({ formatter: (point) => `${data.heat.clauses[point.value[1]]} · ${day(point.value[0])}<br>${percent(point.value[2])}` }),
    xAxis: axis({ type: "category", data: days, splitLine: { show: false } }),
    yAxis: axis({ type: "category", data: data.heat.clauses, inverse: true, axisLabel: { ...text(), interval: 0 } }),
    visualMap: { min: 0, max: 1, orient: "horizontal", left: "center", bottom: 0, itemHeight: 140, itemWidth: 12, text: ["100%", "0%"], textStyle: text(), inRange: { color: ["#fde8e8", "#f08080", "#b91c1c", "#5f0f0f"] } },
    series: [{ type: "heatmap", data: data.heat.cells, emphasis: { itemStyle: { borderColor: token("--m-text"), borderWidth: 1 } } }],
  });

  const tornado = () => {
    const rows = [...data.tornado].reverse();
    const widest = Math.max(...rows.flatMap((row) => [Math.abs(row.at_low), Math.abs(row.at_high)]));
    const bar = (name, key, label, colour) => ({ type: "bar", name, stack: "swing", barWidth: "60%", itemStyle: { color: colour }, data: rows.map((row) => row[key]), label: { show: true, position: "inside", formatter: (point) => (Math.abs(point.value) > widest * 0.06 ? rows[point.dataIndex][label] : ""), color: "#fff", fontSize: 0.6875 * rem(), overflow: "truncate" }, labelLayout: { hideOverlap: true } });
    return {
      ...base(),
      tooltip: tooltip({ trigger: "axis", axisPointer: { type: "none" }, formatter: (points) => { const row = rows[points[0].dataIndex]; return [echarts.format.encodeHTML(row.title), `${row.low}: ${figure(row.at_low)}`, `${row.high}: ${figure(row.at_high)}`].join("<br>"); } }),
      xAxis: axis({ type: "value" }),
      yAxis: axis({ type: "category", data: rows.map((row) => row.title), axisLabel: { ...text(), width: 11 * rem(), overflow: "break" } }),
      series: [bar("low", "at_low", "low", "#1d4ed8"), bar("high", "at_high", "high", "#b45309")],
    };
  };

  const drawn = { fan, short, heat, tornado };
  const draw = (element) => {
    const chart = echarts.getInstanceByDom(element) || echarts.init(element, null, { renderer: "canvas" });
    chart.setOption(drawn[element.dataset.chart](element.dataset.place), true);
    return chart;
  };
  const grow = () => {
    const heatMap = document.querySelector(".ss-heat");
    if (heatMap) heatMap.style.height = `${Math.max(12, 1.35 * data.heat.clauses.length + 5)}rem`;
    const swings = document.querySelector(".ss-tornado");
    if (swings) swings.style.height = `${Math.max(10, 2 * data.tornado.length + 3)}rem`;
  };
  grow();
  document.querySelectorAll("[data-chart]").forEach((element) => {
    draw(element);
    new ResizeObserver(() => draw(element).resize()).observe(element);
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.querySelectorAll("[data-chart]").forEach(draw));
})();
