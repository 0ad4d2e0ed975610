/* The table of a chart: fetched when its box is opened, and for paper. The rows are the elements that the server makes. */
(function () {
  "use strict";
  const React = window.React, made = React.createElement;
  const SLOW = 500, LONGEST = 20000; // milliseconds until it is said that something is on its way, and until it has failed
  const ON_PAPER = "tabell";
  const shown = new Map(); // every box on the page that goes onto paper, and how it is filled at once

  /* what the server made, as elements of the page */
  function element(one, at) {
    if (Array.isArray(one)) { return one.map(element); }
    if (!one || typeof one !== "object") { return one; }
    const { children, ...props } = one.props;
    return made(one.type.toLowerCase(), { ...props, key: at }, element(children));
  }

  function say(text) { document.getElementById("status").textContent = text; }

  function Box(given) {
    const [found, keep] = React.useState(null); // the table, or that it could not be fetched
    const asked = React.useRef(false), box = React.useRef(null);
    const failed = { failed: true };

    function fetched() {
      if (asked.current) { return; }
      asked.current = true;
      keep(null);
      const slow = window.setTimeout(() => say(given.waiting), SLOW);
      window.fetch(given.address, { signal: AbortSignal.timeout(LONGEST) })
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
        .then((table) => { keep({ table: table }); say(given.here); })
        .catch(() => { asked.current = false; keep(failed); say(given.failed); })
        .finally(() => window.clearTimeout(slow));
    }

    /* paper waits for nobody: what is not here yet is asked for while the printing stands still */
    function atOnce() {
      if (found && found.table) { return; }
      const request = new XMLHttpRequest();
      request.open("GET", given.address, false);
      try {
        request.send();
        if (request.status === 200) { asked.current = true; keep({ table: JSON.parse(request.responseText) }); return; }
      } catch (fault) { /* no answer: said below */ }
      keep(failed);
    }

    React.useEffect(() => {
      if (given.className !== ON_PAPER) { return undefined; }
      shown.set(box, atOnce);
      return () => shown.delete(box);
    });

    function again() {
      box.current.querySelector("summary").focus(); // the button goes away: the focus must not go with it
      fetched();
    }

    const content = !found ? made("p", null, given.waiting)
      : found.table ? element(found.table)
        : made("div", { className: "tillstand fel" }, made("p", null, given.failed),
          made("button", { type: "button", className: "knapp", onClick: again }, given.again));
    return made("details", { className: given.className, ref: box, onToggle: (event) => { if (event.target.open) { fetched(); } } },
      made("summary", null, given.summary), content);
  }

  /* with another address it is another box: closed, and nothing of the one before in it */
  window.sjukvy_tabell = { Twin: (given) => made(Box, { ...given, key: given.address }) };

  window.addEventListener("beforeprint", () => window.ReactDOM.flushSync(() => shown.forEach((atOnce) => atOnce())));
})();
