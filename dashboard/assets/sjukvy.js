/* What only the browser can do: title, focus, address, clipboard. No figures are made here. */
(function () {
  "use strict";
  const texts = JSON.parse(document.getElementById("texter").textContent);
  const nothing = () => window.dash_clientside.no_update;
  let first = true;
  let placed = false; // whether the page is about a unit
  const choice = (name) => document.getElementById(name);

  /* after half a second without an answer everybody is told that it is on its way */
  let waiting = null;
  let shown = window.location.pathname + window.location.search;
  function wait() {
    const main = document.getElementById("innehall");
    // another place on the same page asks for nothing
    if (!main || waiting || window.location.pathname + window.location.search === shown) { return; }
    waiting = window.setTimeout(() => {
      main.setAttribute("aria-busy", "true");
      document.getElementById("status").textContent = texts.laddar;
    }, 500);
  }
  function arrived() {
    window.clearTimeout(waiting);
    waiting = null;
    shown = window.location.pathname + window.location.search;
    document.getElementById("innehall").removeAttribute("aria-busy");
  }
  window.addEventListener("popstate", wait);
  document.addEventListener("sjukvy-ute", arrived); // nothing is on its way any more

  function go(address) {
    window.history.pushState({}, "", address);
    wait();
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    sjukvy: {
      /* a page has been shown: say so to everybody */
      visad: function (said) {
        if (!said) { return nothing(); }
        arrived();
        // said again even where it is the same as before the waiting was
        document.getElementById("status").textContent = said.status;
        document.title = said.titel;
        choice("val-enhet").value = said.enhet || "";
        choice("val-manad").value = said.manad || "";
        placed = Boolean(said.enhet);
        // what was typed about one unit or month is not carried to another
        document.querySelectorAll("form[data-skriv], #till-apt").forEach((form) => form.reset());
        document.dispatchEvent(new Event("sjukvy-visad"));
        if (!first) {
          window.requestAnimationFrame(() => {
            const target = window.location.hash && document.getElementById(window.location.hash.slice(1));
            const heading = document.querySelector("main h1");
            const chosen = document.activeElement && document.activeElement.closest("form.filter");
            if (target) { target.scrollIntoView(); target.focus({ preventScroll: true }); } else if (heading && !chosen) { heading.focus({ preventScroll: true }); window.scrollTo(0, 0); }
          });
        }
        first = false;
        return said.status;
      }
    }
  });

  /* unit or month chosen: the address is the state */
  document.addEventListener("change", function (event) {
    if (event.target.id !== "val-enhet" && event.target.id !== "val-manad") { return; }
    // on a page that says what went wrong nothing is chosen yet: one of them leads out of it
    const chosen = { enhet: choice("val-enhet").value, manad: choice("val-manad").value };
    const asked = new URLSearchParams(Object.entries(chosen).filter((pair) => pair[1]));
    go((placed ? window.location.pathname : "/") + "?" + asked.toString());
    document.getElementById("kopierad").textContent = "";
  });

  document.addEventListener("submit", function (event) {
    if (event.target.id !== "sokning") { return; }
    event.preventDefault();
    const asked = document.getElementById("sok").value.trim();
    go(event.target.getAttribute("action") + (asked ? "&sok=" + encodeURIComponent(asked) : ""));
  });

  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[href]");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (link && plain && link.origin === window.location.origin) {
      const file = link.pathname.startsWith("/export/") || link.dataset.hel;
      const inside = link.pathname === window.location.pathname && link.search === window.location.search;
      if (!file && !inside) { event.preventDefault(); go(link.pathname + link.search + link.hash); }
    }
    if (event.target.closest("#aterstall")) { go(window.location.pathname); }
    const add = event.target.closest("#lagg-till");
    if (add) { go(add.dataset.adress + encodeURIComponent(document.getElementById("bredvid").value)); }
    if (event.target.closest("#skriv-ut")) { window.print(); }
    if (event.target.closest("#kopiera")) {
      const said = document.getElementById("kopierad");
      navigator.clipboard.writeText(window.location.href)
        .then(() => { said.textContent = texts.kopierad; }, () => { said.textContent = texts.ej_kopierad; });
    }
  });

  /* a point that is about a unit leads to that unit, as its row in the table does */
  function follow(event) {
    const point = event.points && event.points[0];
    const section = point && event.event.target.closest("section[data-vidare]");
    if (!section || typeof point.customdata !== "string") { return; }
    const address = new URL(section.dataset.vidare, window.location.href);
    address.searchParams.set("enhet", point.customdata);
    go(address.pathname + address.search);
  }
  new MutationObserver(() => {
    document.querySelectorAll(".js-plotly-plot:not([data-foljs])").forEach((chart) => {
      if (typeof chart.on !== "function") { return; }
      chart.dataset.foljs = "";
      chart.on("plotly_click", follow);
    });
  }).observe(document.documentElement, { childList: true, subtree: true });

  /* a chart in a closed box has no width until the box is opened */
  document.addEventListener("toggle", function (event) {
    if (event.target.open) { event.target.querySelectorAll(".js-plotly-plot").forEach((chart) => window.Plotly.Plots.resize(chart)); }
  }, true);

  /* paper has no closed boxes and is narrower than the screen: open the tables and draw the charts for its width */
  const paper = (chart) => (chart.closest(".halvor") ? 316 : 640);
  const charts = () => document.querySelectorAll(".graf .js-plotly-plot, .graf.js-plotly-plot");
  /* the height that the page keeps for a chart: a responsive chart has none of its own */
  const kept = (chart) => parseFloat(chart.closest(".graf").style.height);
  const low = (chart) => (chart.closest(".dagordning") ? Math.min(240, kept(chart)) : kept(chart));
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details.tabell:not([open]), details.fler:not([open])").forEach((box) => { box.open = true; box.dataset.tryck = "1"; });
    charts().forEach((chart) => window.Plotly.relayout(chart, { width: paper(chart), height: low(chart) }));
  });
  window.addEventListener("afterprint", () => {
    document.querySelectorAll("details[data-tryck]").forEach((box) => { box.open = false; delete box.dataset.tryck; });
    charts().forEach((chart) => window.Plotly.relayout(chart, { width: null, height: kept(chart), autosize: true }));
  });
})();
