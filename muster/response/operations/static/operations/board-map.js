/* The map: districts by risk, open sites by kind, units on demand. */
(() => {
  "use strict";
  const board = (window.MusterBoard = window.MusterBoard || {});
  const SYMBOLS = {
    checkpoint: "rect", closed_community: "triangle", quarantine_site: "circle", port_of_entry: "diamond", detention_centre: "pin",
    hospital: "path://M4 0h4v4h4v4h-4v4h-4v-4h-4v-4h4z", temporary_hospital: "path://M4 0h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
    fever_clinic: "path://M4 0h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
  };
  const OTHER = "roundRect";
  let units = false;
  let chosen = null;

  const regions = (data) => data.districts.map((district) => ({
    name: district.code,
    itemStyle: { areaColor: board.token(`--op-risk-${district.risk}`) },
    emphasis: { itemStyle: { areaColor: board.token(`--op-risk-${district.risk}`) } },
  }));

  /* On a narrow map the longest name decides how large names may be. */
  const nameSize = (data, size, width) => {
    const longest = Math.max(1, ...data.districts.map((district) => district.name.length * (/[^\x00-\xff]/.test(district.name) ? 1 : 0.55)));
    return Math.min(size * 1.15, (width * 0.2) / longest);
  };

  const names = (data, size, width) => ({
    type: "scatter", coordinateSystem: "geo", silent: true, animation: false, symbolSize: 0.01, z: 6,
    data: data.districts.map((district) => ({ value: [district.lon, district.lat], name: district.name })),
    label: { show: true, formatter: "{b}", color: board.token("--op-map-text"), fontSize: nameSize(data, size, width), fontWeight: 700, fontFamily: board.token("--m-font"), textBorderColor: board.token("--op-map-halo"), textBorderWidth: 3 },
  });

  const sites = (data, size, late) => ({
    type: "scatter", coordinateSystem: "geo", animation: false, z: late ? 5 : 4,
    data: data.sites.filter((site) => (site.late > 0) === late).map((site) => ({ value: [site.lon, site.lat], site, symbol: SYMBOLS[site.kind] || OTHER })),
    symbolSize: late ? size * 0.8 : size * 0.55,
    itemStyle: late
      ? { color: board.token("--m-bad-fill"), borderColor: board.token("--op-map-halo"), borderWidth: 1 }
      : { color: board.token("--op-site"), borderColor: board.token("--op-map-halo"), borderWidth: 0.6 },
  });

  const rings = (data, size) => ({
    type: "scatter", coordinateSystem: "geo", silent: true, animation: false, z: 5, symbol: "circle", symbolSize: size * 1.7,
    data: data.sites.filter((site) => site.late > 0).map((site) => [site.lon, site.lat]),
    itemStyle: { color: "transparent", borderColor: board.token("--m-bad-fill"), borderWidth: Math.max(2, size / 8) },
  });

  const unitMarks = (data, size) => ({
    type: "scatter", coordinateSystem: "geo", animation: false, z: 7, symbol: "roundRect",
    data: units ? data.units.map((unit) => ({ value: [unit.lon, unit.lat], unit })) : [],
    symbolSize: (value, params) => (params.data.unit.kind === "station" ? size * 0.5 : size),
    itemStyle: { color: board.token("--op-unit"), borderColor: board.token("--op-map-halo"), borderWidth: 1 },
    label: { show: true, position: "bottom", color: board.token("--op-map-text"), textBorderColor: board.token("--op-map-halo"), textBorderWidth: 3, fontSize: size * 0.85, formatter: (params) => (params.data.unit.kind === "station" ? "" : params.data.unit.name) },
    labelLayout: { hideOverlap: true },
  });

  const told = (fixed) => (params) => {
    const encode = echarts.format.encodeHTML;
    const { site, unit } = params.data || {};
    if (site) return [site.name, site.kind_title, site.unit, site.late ? `${fixed.labels.overdue}: ${site.late}` : ""].filter(Boolean).map(encode).join("<br>");
    if (unit) return [unit.name, `${fixed.labels.open_tasks}: ${unit.open_tasks}`, unit.late ? `${fixed.labels.overdue}: ${unit.late}` : ""].filter(Boolean).map(encode).join("<br>");
    return "";
  };

  const line = (term, value) => {
    const row = document.createElement("div");
    const name = document.createElement("dt");
    const figure = document.createElement("dd");
    name.textContent = term;
    figure.textContent = value === null || value === undefined ? "–" : value;
    row.append(name, figure);
    return row;
  };

  /* Details of the district that was clicked; they follow the moment. */
  const detail = (data, fixed) => {
    const box = board.element("map-detail");
    const district = data.districts.find((each) => each.code === chosen);
    box.hidden = !district;
    if (!district) return;
    const labels = fixed.labels;
    const title = document.createElement("h3");
    const close = document.createElement("button");
    const list = document.createElement("dl");
    title.textContent = `${district.name} · ${fixed.risks[district.risk]}`;
    close.type = "button";
    close.className = "m-tool";
    close.textContent = "×";
    close.setAttribute("aria-label", labels.close);
    close.addEventListener("click", () => { chosen = null; detail(data, fixed); });
    list.append(line(labels.cases_7d, district.cases_7d), line(labels.incidence_7d, district.incidence_7d === null ? null : district.incidence_7d.toFixed(1)), line(labels.cases_14d, district.cases_14d), line(labels.sites, district.sites), line(labels.overdue, district.late), line(labels.units, district.units.join("，") || "–"));
    box.replaceChildren(close, title, list);
  };

  /* The map fills its room: a little stretching, by 18% at most, is easier to read than empty walls. */
  const aspect = (chart, fixed) => {
    const room = chart.getWidth() / Math.max(chart.getHeight(), 1);
    const own = fixed.extent.width / fixed.extent.height;
    const true_scale = Math.cos((fixed.extent.lat * Math.PI) / 180);
    const wanted = room / own;
    return Math.min(Math.max(wanted, true_scale * 0.82), true_scale * 1.18);
  };

  const legend = (data, fixed, size) => {
    const kinds = [...new Set(data.sites.map((site) => site.kind))];
    const box = board.element("map-legend");
    const risks = ["high", "medium", "low", "unknown"].filter((risk) => data.districts.some((d) => d.risk === risk) || risk !== "unknown");
    const entry = (className, text, shape) => {
      const item = document.createElement("span");
      const mark = document.createElement("i");
      mark.className = className;
      mark.textContent = shape || "";
      item.append(mark, text);
      return item;
    };
    const shapes = { rect: "■", triangle: "▲", circle: "●", diamond: "◆", pin: "⬟", roundRect: "▪" };
    box.replaceChildren(
      ...risks.map((risk) => entry(`op-key-risk op-key-${risk}`, fixed.risks[risk])),
      ...kinds.map((kind) => {
        const symbol = SYMBOLS[kind] || OTHER;
        return entry("op-key-site", `${fixed.kinds[kind]} ${data.sites.filter((site) => site.kind === kind).length}`, shapes[symbol] || "✚");
      }),
      entry("op-key-late", fixed.labels.late_site, "◎"),
    );
  };

  board.drawMap = (data, fixed) => {
    const chart = board.chart("chart-map");
    if (!fixed.geo.features.length) return;
    if (!echarts.getMap("city")) echarts.registerMap("city", fixed.geo);
    const size = Math.round(board.rem() * 0.9);
    chart.setOption({
      animation: false,
      tooltip: { ...board.tooltip(size), trigger: "item", formatter: told(fixed) },
      geo: {
        map: "city", nameProperty: "code", left: 6, right: 6, top: 6, bottom: 6, preserveAspect: "contain", aspectScale: aspect(chart, fixed),
        roam: false, label: { show: false }, select: { disabled: true }, tooltip: { show: false },
        itemStyle: { borderColor: board.token("--op-map-border"), borderWidth: 2 },
        emphasis: { label: { show: false }, itemStyle: { borderColor: board.token("--m-focus"), borderWidth: 3 } },
        regions: regions(data),
      },
      series: [sites(data, size, false), sites(data, size, true), rings(data, size), names(data, size, chart.getWidth()), unitMarks(data, size)],
    }, { notMerge: true });
    if (!board.mapReady) {
      board.mapReady = true;
      chart.on("click", "geo", (event) => { chosen = chosen === event.name ? null : event.name; detail(board.data, fixed); });
    }
    legend(data, fixed, size);
    detail(data, fixed);
  };

  board.toggleUnits = (button) => {
    units = !units;
    button.setAttribute("aria-pressed", String(units));
    board.drawMap(board.data, board.fixed);
  };
})();
