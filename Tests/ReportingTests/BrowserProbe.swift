/// A page that holds a report in a frame, uses it as a reader would, and tells what it found as JSON.
///
/// Its checks of accessibility follow axe's rules of the same names: document-title, html-has-lang, page-has-heading-one,
/// heading-order, duplicate-id, label, button-name, svg-img-alt, scope-attr-valid, tabindex, link-name,
/// skip-link, color-contrast (WCAG 2.1 AA: 4.5, large text 3).
let browserProbe = #"""
  <!DOCTYPE html><iframe id="f" src="report.html" width="1200" height="2400"></iframe><pre id="out"></pre><script>
  const light = (rgb) => rgb.map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const numbers = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const accessibility = (page, view) => {
    const all = (selector) => [...page.querySelectorAll(selector)];
    const wrong = [];
    const check = (rule, holds, what) => { if (!holds) wrong.push(rule + ": " + what); };
    check("document-title", page.title.trim(), "no title");
    check("html-has-lang", page.documentElement.lang, "no language");
    check("page-has-heading-one", all("h1").length === 1, all("h1").length + " h1");
    let level = 0;
    all("h1, h2, h3, h4").forEach((h) => { const l = Number(h.tagName[1]); check("heading-order", l <= level + 1 || !level, h.textContent); level = l; });
    const ids = all("[id]").map((e) => e.id);
    check("duplicate-id", new Set(ids).size === ids.length, "ids");
    all("input").filter((e) => e.checkVisibility()).forEach((e) => check("label", e.labels.length && e.labels[0].textContent.trim(), e.outerHTML));
    all("button, a, summary").forEach((e) => check("button-name", (e.textContent.trim() || e.ariaLabel), e.outerHTML));
    all("svg").forEach((e) => check("svg-img-alt", e.getAttribute("aria-hidden") === "true" || (e.getAttribute("role") === "img" && e.querySelector("title")), e.outerHTML.slice(0, 80)));
    all("th").forEach((e) => check("scope-attr-valid", ["row", "col"].includes(e.scope), e.textContent));
    all("table").forEach((e) => check("table-caption", e.caption && e.caption.textContent.trim(), "table"));
    all("[tabindex]").forEach((e) => check("tabindex", e.tabIndex <= 0 && (e.ariaLabel || e.textContent.trim()), e.className));
    all("[role=group]").forEach((e) => check("aria-label", e.ariaLabel, e.className));
    all("[tabindex='0']").forEach((e) => check("aria-valid-attr-value", page.getElementById(e.getAttribute("aria-describedby")), e.className));
    all("a[href^='#']").forEach((e) => check("skip-link", page.getElementById(e.getAttribute("href").slice(1)), e.outerHTML));
    check("landmark-one-main", all("main").length === 1, "main");
    const texts = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement;
      if (!texts.currentNode.textContent.trim() || !element.checkVisibility() || element.closest("script, canvas, svg")) continue;
      const style = view.getComputedStyle(element);
      let ground = element, back = [0, 0, 0, 0];
      while (ground && (back.length > 3 && back[3] === 0)) { back = numbers(view.getComputedStyle(ground).backgroundColor); ground = ground.parentElement; }
      const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
      const value = ratio(numbers(style.color).slice(0, 3), back.slice(0, 3));
      check("color-contrast", value >= (large ? 3 : 4.5), value.toFixed(1) + " " + texts.currentNode.textContent.trim().slice(0, 30));
    }
    return [...new Set(wrong)];
  };
  const press = (page, view, key) => page.querySelector(".live, .rows").dispatchEvent(new view.KeyboardEvent("keydown", { key, bubbles: true }));
  document.getElementById("f").addEventListener("load", () => setTimeout(() => {
    const page = document.getElementById("f").contentDocument;
    const view = document.getElementById("f").contentWindow;
    const time = () => page.documentElement.dataset.time;
    const found = { requests: view.performance.getEntriesByType("resource").length,
      canvases: page.querySelectorAll("#timeline canvas").length, strips: page.querySelectorAll("svg.strip").length,
      images: page.querySelectorAll("img, iframe, object, embed, link").length, hacked: view.hacked ? 1 : 0,
      scripts: page.querySelectorAll("script").length, dark: view.matchMedia("(prefers-color-scheme: dark)").matches,
      handlers: [...page.querySelectorAll("*")].filter((e) => e.getAttributeNames().some((n) => n.startsWith("on"))).length,
      tables: page.querySelectorAll("table caption").length, wrong: accessibility(page, view) };
    const spoken = page.getElementById("spoken");
    found.silent = spoken.checkVisibility() && spoken.textContent === "";
    press(page, view, "ArrowRight"); found.first = time(); found.spoken = spoken.textContent;
    const buttons = [...page.querySelectorAll(".event button")];
    found.moved = buttons.map((button) => { button.click(); return [button.dataset.time, time()]; });
    const answer = page.querySelector(".answer button");
    if (answer) { answer.click(); found.answer = [answer.dataset.time, time()]; }
    found.cursors = [...page.querySelectorAll(".cursor")].filter((c) => c.style.display === "block").length;
    press(page, view, "Home"); found.home = time();
    press(page, view, "n"); found.next = time();
    const box = () => { const view = page.querySelector("svg.strip").viewBox.baseVal; return view.x + " " + view.width; };
    const whole = box(); press(page, view, "+"); found.zoomed = box() !== whole; press(page, view, "0"); found.back = box() === whole;
    found.readout = page.getElementById("readout").textContent;
    const people = page.querySelector("[data-people]");
    for (let step = 0; step < 2; step++) people.dispatchEvent(new view.KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
    found.person = page.querySelectorAll("#readout b")[1].textContent;
    found.marked = [...page.querySelectorAll(".names .now")].map((name) => name.textContent);
    const lit = () => page.querySelectorAll(".names .now").length;
    const key = (key) => people.dispatchEvent(new view.KeyboardEvent("keydown", { key, bubbles: true }));
    key("Escape"); found.unchosen = [lit()];
    key("ArrowDown"); key("ArrowUp"); found.unchosen.push(lit());
    key("Home"); for (let at = 0; at < 12; at++) key("ArrowRight");
    found.said = page.querySelector("#readout .said").textContent;
    document.getElementById("out").textContent = "FOUND" + JSON.stringify(found) + "END";
  }, 300));
  </script>
  """#
