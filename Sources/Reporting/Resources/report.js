"use strict";
(() => {
  const model = JSON.parse(document.getElementById("model").textContent);
  const root = document.documentElement;
  root.classList.add("js");
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const one = (selector) => document.querySelector(selector);
  const colour = (name) => getComputedStyle(root).getPropertyValue("--" + name).trim();
  const start = model.t.length ? model.t[0] : 0;
  const end = model.t.length ? model.t[model.t.length - 1] + model.window : 1;
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
  let range = [start, end];
  let time = null;
  let person = null;
  const graphs = [];

  const clock = (seconds) => {
    const total = Math.max(0, Math.floor(seconds));
    const two = (value) => String(value).padStart(2, "0");
    const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
    return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
  };
  const marks = (from, to, pixels) => {
    const step = steps.find((s) => (to - from) / s <= Math.max(2, pixels / 80)) || 7200;
    const list = [];
    for (let at = Math.ceil(from / step) * step; at <= to; at += step) list.push({ v: at, label: clock(at) });
    const last = list.length ? list[list.length - 1].v : from;
    if (Math.abs(to - end) < 0.01 && end - last > step / 2) list.push({ v: end, label: clock(end) });
    return list;
  };
  const windowAt = (at) => {
    let [low, high] = [0, model.t.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (model.t[middle] <= at) low = middle; else high = middle - 1;
    }
    return low;
  };
  // Lost windows are not in the list.
  const losses = new Set(model.losses);
  const isGap = (i, at) => losses.has(i + 1) && at >= model.t[i] + model.window;

  // Charts -------------------------------------------------------------------------------------------

  const leftGap = () => parseFloat(getComputedStyle(one(".lane")).marginLeft);
  const underlay = (canvas, area, graph) => {
    const band = (from, to, paint) => {
      const x = graph.toDomXCoord(from);
      canvas.fillStyle = paint;
      canvas.fillRect(x, area.y, graph.toDomXCoord(to) - x, area.h);
    };
    model.excluded.forEach(([from, to]) => band(from, to, colour("rule")));
    let free = 0;
    model.events.forEach((event, index) => {
      canvas.globalAlpha = 0.2;
      band(event.start, event.end, colour(event.kind));
      canvas.globalAlpha = 1;
      canvas.fillStyle = colour(event.kind);
      canvas.font = "bold 13px system-ui, sans-serif";
      canvas.textAlign = "center";
      const middle = Math.max(free, graph.toDomXCoord((event.start + event.end) / 2));
      canvas.fillText(index + 1, middle, area.y + 13);
      free = middle + 16;
    });
    model.levels.forEach(([value, name, dashed, upper]) => {
      const y = graph.toDomYCoord(value);
      canvas.strokeStyle = colour("faint");
      canvas.setLineDash(dashed ? [8, 6] : []);
      canvas.beginPath();
      canvas.moveTo(area.x, y);
      canvas.lineTo(area.x + area.w, y);
      canvas.stroke();
      canvas.setLineDash([]);
      canvas.fillStyle = colour("ink");
      canvas.font = "12px system-ui, sans-serif";
      canvas.textAlign = "right";
      canvas.fillText(name, area.x + area.w - 4, y + (upper ? -5 : 13));
    });
  };
  const sharedOptions = () => ({
    gridLineColor: colour("rule"),
    axisLineColor: colour("rule"), highlightCircleSize: 3, rightGap: 8, animatedZooms: false,
    axes: {
      x: { ticker: marks2, drawGrid: false },
      y: { axisLabelWidth: leftGap() - 6, drawGrid: true },
    },
    highlightCallback: (event, x) => moveTo(x, "pointer"),
    clickCallback: (event, x) => { moveTo(x, "click"); seek(x); },
    drawCallback: (graph, initial) => { if (!initial) show(graph.xAxisRange(), graph); },
  });
  // The library leaves out a mark that lies on the very edge.
  function marks2(from, to, pixels) {
    return marks(from, to, pixels).map(({ v, label }) => ({ v: Math.min(v, to - (to - from) * 1e-6), label }));
  }

  function drawSeries() {
    if (typeof Dygraph === "undefined" || !one("#timeline-chart") || !model.t.length) return;
    // Its legend writes style attributes, which the page's policy forbids; the readout takes its place.
    Dygraph.PLUGINS = Dygraph.PLUGINS.filter((plugin) => plugin !== Dygraph.Plugins.Legend);
    const half = model.window / 2;
    const nothing = [null, null, null];
    const rows = model.t.flatMap((t, i) => {
      const value = model.v[i];
      const row = [t + half, value === null ? nothing
        : [model.lo[i] === null ? value : model.lo[i], value, model.hi[i] === null ? value : model.hi[i]]];
      return losses.has(i + 1) ? [row, [t + 3 * half, nothing]] : [row];
    });
    const hundred = (value) => String(Math.round(value * 100));
    const timeline = new Dygraph(one("#timeline-chart"), rows, Object.assign(sharedOptions(), {
      labels: ["t", model.headline], customBars: true, colors: [colour("line")], strokeWidth: 2,
      fillAlpha: 0.3, errorBars: true, valueRange: [model.scale[0], model.scale[1] + 0.09 * (model.scale[1] - model.scale[0])], dateWindow: range, underlayCallback: underlay,
    }));
    timeline.updateOptions({ axes: { y: {
      axisLabelWidth: leftGap() - 6,
      ticker: () => model.marks.map((v) => ({ v, label: hundred(v) })) } } });
    graphs.push(timeline);
  }

  function drawLane() {
    const lane = one("#lane");
    if (!lane) return;
    const place = (from, to, name) => {
      if (to < range[0] || from > range[1]) return;
      const mark = document.createElement("i");
      mark.className = name;
      const span = range[1] - range[0];
      mark.style.left = `min(${100 * (from - range[0]) / span}%, 100% - 0.3rem)`;
      if (to > from) mark.style.width = `${100 * (to - from) / span}%`;
      lane.append(mark);
    };
    lane.replaceChildren();
    model.cues.forEach(([from, to, chat]) => place(from, chat ? from : to, chat ? "chat" : "speech"));
    model.slides.forEach((at) => place(at, at, "slide"));
    addCursor(lane);
  }

  function drawAxes() {
    all(".axis").forEach((axis) => {
      axis.replaceChildren(...marks(range[0], range[1], axis.clientWidth).map(({ v, label }) => {
        const mark = document.createElement("span");
        mark.textContent = label;
        const share = (v - range[0]) / (range[1] - range[0]);
        mark.style.left = `${100 * share}%`;
        if (share > 0.98) mark.style.transform = "translateX(-100%)";
        return mark;
      }));
    });
  }

  // One range for all charts -------------------------------------------------------------------------

  let showing = false;
  function show(wanted, from) {
    if (showing) return;
    const span = Math.min(end - start, Math.max(model.window * 3, wanted[1] - wanted[0]));
    const low = Math.min(Math.max(start, wanted[0]), end - span);
    if (low === range[0] && low + span === range[1] && from) return;
    showing = true;
    range = [low, low + span];
    graphs.forEach((graph) => { graph.updateOptions({ dateWindow: range }); });
    all(".strip").forEach((strip) => {
      const rows = strip.viewBox.baseVal.height;
      strip.setAttribute("viewBox", `${range[0]} 0 ${span} ${rows}`);
    });
    drawLane();
    drawAxes();
    placeCursors();
    showing = false;
  }

  // One cursor for all charts ------------------------------------------------------------------------

  function addCursor(parent) {
    const cursor = document.createElement("div");
    cursor.className = "cursor";
    parent.append(cursor);
  }

  function placeCursors() {
    const inside = time !== null && time >= range[0] && time <= range[1];
    const share = inside ? (time - range[0]) / (range[1] - range[0]) : 0;
    all(".cursor").forEach((cursor) => {
      cursor.style.display = inside ? "block" : "none";
      const graph = graphs.find((g) => g.graphDiv.parentNode === cursor.parentNode || cursor.parentNode.contains(g.graphDiv));
      if (!graph) { cursor.style.left = `${100 * share}%`; return; }
      const area = graph.getArea();
      cursor.style.left = `${area.x + share * area.w}px`;
    });
  }

  function moveTo(wanted, cause) {
    if (!model.t.length) return;
    time = Math.min(end, Math.max(start, wanted));
    root.dataset.time = time.toFixed(1);
    if (cause !== "pointer" && (time < range[0] || time > range[1])) {
      const span = range[1] - range[0];
      show([time - span / 2, time + span / 2]);
    }
    placeCursors();
    tell(cause);
  }

  function tell(cause) {
    const readout = one("#readout");
    const i = windowAt(time);
    const unread = isGap(i, time);
    const points = (value) => value === null || value === undefined ? "–" : Math.round(value * 100);
    const bold = document.createElement("b");
    bold.textContent = clock(time);
    const headline = unread ? model.words.unread : `${model.headline} ${points(model.v[i])}`;
    let text = ` · ${headline}`;
    if (!unread && model.lo[i] !== null) text += ` (${points(model.lo[i])} to ${points(model.hi[i])})`;
    if (!unread) text += ` · ${model.words.attention} ${points(model.attention[i])} · ${Math.round(model.faces[i])} ${model.words.faces}`;
    if (!unread && model.shares && model.shares[i]) {
      const top = model.shares[i].map((value, k) => [value, model.expressions[k]]).sort((a, b) => b[0] - a[0]).slice(0, 2);
      text += " · " + top.filter(([value]) => value > 0).map(([value, name]) => `${name} ${points(value)} %`).join(", ");
    }
    const whose = document.createElement("b");
    if (person !== null) whose.textContent = ` · ${model.people[person]}: ${unread ? model.words.unread : level(person, i)}`;
    const said = document.createElement("span");
    said.className = "said";
    const quoted = (cue) => cue ? ` · ${[cue[2] ? model.words.chat : "", cue[3]].filter(Boolean).join(", ")}${cue[2] || cue[3] ? ": " : ""}“${cue[4]}”` : "";
    const speech = model.cues.find(([from, to, chat]) => !chat && time >= from && time <= to);
    const chat = model.cues.findLast(([from, , chat]) => chat && time >= from && time <= from + model.window);
    said.textContent = quoted(speech) + quoted(chat);
    readout.style.display = "block";
    readout.replaceChildren(bold, whose, text, said);
    // A screen reader says what was asked for, in few words, not each step of a pointer or of the video.
    if (cause !== "key" && cause !== "click") return;
    one("#spoken").textContent = `${clock(time)}, ` + (person !== null ? whose.textContent.slice(3) : headline);
  }

  // What one participant showed in a window: two hexadecimal digits, or why there is no figure.
  function level(row, i) {
    const code = model.seen[row].slice(2 * i, 2 * i + 2);
    return /^[0-6]/.test(code) ? `${model.headline} ${parseInt(code, 16)}` : model.states[code];
  }

  function choose(row) {
    person = row;
    all("[data-people] .names li").forEach((name, at) => {
      name.classList.toggle("now", row !== null && at % model.people.length === row);
    });
  }

  // The user's own recording -------------------------------------------------------------------------

  const player = one("#player");
  function seek(at) { if (player && !player.hidden) player.currentTime = at + model.leadIn; }
  if (player) {
    one("#file").addEventListener("change", (event) => {
      const file = event.target.files[0];
      if (!file) return;
      if (player.src) URL.revokeObjectURL(player.src);
      player.src = URL.createObjectURL(file);
      player.hidden = false;
    });
    player.addEventListener("timeupdate", () => { if (!player.paused) moveTo(player.currentTime - model.leadIn, "player"); });
  }

  // Hands --------------------------------------------------------------------------------------------

  all("button[data-time]").forEach((button) => button.addEventListener("click", () => {
    const at = Number(button.dataset.time);
    moveTo(at, "click");
    seek(at);
    one("#timeline").scrollIntoView({ block: "nearest" });
  }));

  all(".strips").forEach((strips) => {
    addCursor(strips);
    const at = (event) => {
      const box = strips.getBoundingClientRect();
      return range[0] + (event.clientX - box.left) / box.width * (range[1] - range[0]);
    };
    const isOfPeople = strips.parentNode.hasAttribute("data-people");
    strips.addEventListener("mousemove", (event) => {
      if (isOfPeople) {
        const share = (event.clientY - strips.getBoundingClientRect().top) / strips.clientHeight;
        choose(Math.min(model.people.length - 1, Math.max(0, Math.floor(share * model.people.length))));
      }
      moveTo(at(event), "pointer");
    });
    strips.addEventListener("mouseleave", () => choose(null));
    strips.addEventListener("click", (event) => { moveTo(at(event), "click"); seek(at(event)); });
  });
  all(".live").forEach(addCursor);

  const jump = (direction) => {
    const now = time === null ? start - 1 : time;
    const list = model.events.map((event) => event.start).sort((a, b) => a - b);
    const next = direction > 0 ? list.find((at) => at > now + 0.5) : list.reverse().find((at) => at < now - 0.5);
    if (next !== undefined) { moveTo(next, "key"); seek(next); }
  };
  const zoom = (factor) => {
    const centre = time === null ? (range[0] + range[1]) / 2 : time;
    const span = (range[1] - range[0]) * factor;
    show([centre - span / 2, centre + span / 2]);
  };
  // The first step goes to the beginning.
  const step = (event, by) => moveTo(time === null ? start : time + by * (event.shiftKey ? 60 : model.window), "key");
  const keys = {
    ArrowLeft: (event) => step(event, -1), ArrowRight: (event) => step(event, 1),
    Home: () => moveTo(start, "key"), End: () => moveTo(end, "key"),
    n: () => jump(1), p: () => jump(-1), "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2),
    0: () => show([start, end]), Enter: () => { if (time !== null) seek(time); },
  };
  // Nobody stands before the first and after the last.
  const next = (by) => {
    const count = model.people.length + 1;
    const place = ((person ?? -1) + 1 + by + count) % count;
    choose(place > 0 ? place - 1 : null);
    moveTo(time ?? start, "key");
  };
  const peopleKeys = {
    ArrowUp: () => next(-1), ArrowDown: () => next(1),
    Escape: () => { choose(null); moveTo(time ?? start, "key"); },
  };
  all(".live, .rows").forEach((chart) => chart.addEventListener("keydown", (event) => {
    const action = (chart.hasAttribute("data-people") && peopleKeys[event.key]) || keys[event.key] || keys[event.key.toLowerCase()];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action(event);
  }));

  function draw() {
    graphs.splice(0).forEach((graph) => graph.destroy());
    drawLane();
    drawAxes();
    drawSeries();
    placeCursors();
  }
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  let waiting = 0;
  addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(draw, 150); });
})();
