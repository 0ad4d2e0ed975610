/* The meeting mode: one item of the agenda at a time, by keyboard, clicker or button. Arrow and page keys only. */
(function () {
  "use strict";
  const texts = JSON.parse(document.getElementById("texter").textContent);
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const NEXT = ["ArrowRight", "PageDown"], BACK = ["ArrowLeft", "PageUp"];
  let at = -1;
  const items = () => [...document.querySelectorAll(".dagordning > section")];

  function show(wanted) {
    const all = items();
    at = Math.max(0, Math.min(wanted, all.length - 1));
    all.forEach((item, index) => item.classList.toggle("aktuell", index === at));
    document.body.classList.add("mote");
    const heading = all[at].querySelector("h2");
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    window.dispatchEvent(new Event("resize")); // a chart that was not shown has no width
    document.getElementById("status").textContent = filled(texts.punkt, { at: at + 1, all: all.length, title: heading.textContent });
    button();
  }

  function leave() {
    at = -1;
    document.body.classList.remove("mote");
    items().forEach((item) => item.classList.remove("aktuell"));
    window.dispatchEvent(new Event("resize"));
    button();
  }

  function button() {
    const one = document.getElementById("motesknapp");
    if (one) { one.textContent = at < 0 ? texts.motet : filled(texts.lamna, { at: at + 1, all: items().length }); }
  }

  const writing = (target) => target.closest("input, textarea, select, [contenteditable], .tabellram");
  document.addEventListener("click", (event) => {
    if (event.target.closest("#motesknapp")) { if (at < 0) { show(0); } else { leave(); } }
  });
  document.addEventListener("keydown", (event) => {
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) { return; }
    if (!items().length) { leave(); return; }
    if (event.key === "Escape") { leave(); document.getElementById("motesknapp").focus(); return; }
    if (writing(event.target)) { return; }
    const step = NEXT.includes(event.key) ? 1 : BACK.includes(event.key) ? -1 : 0;
    if (step) { event.preventDefault(); show(at + step); }
  });
  window.addEventListener("popstate", () => { if (at >= 0) { leave(); } });
})();
