/* Sends a form that writes, keeps what was written until it is saved, and says what came of it. */
(function () {
  "use strict";
  const texts = JSON.parse(document.getElementById("texter").textContent);
  const KEPT = "sjukvy-sparat";

  function say(form, faults) {
    const box = form.querySelector('[role="alert"]');
    box.replaceChildren(...faults.map((text) => {
      const line = document.createElement("p");
      line.textContent = text;
      return line;
    }));
    if (faults.length) { box.focus(); }
  }

  async function send(form) {
    const button = form.querySelector(".spara");
    button.disabled = true;
    let answer, said;
    try {
      answer = await fetch(form.getAttribute("action"), { method: "POST", headers: { "X-CSRFToken": window.sjukvy_inne.token() }, body: new URLSearchParams(new FormData(form)) });
      said = answer.headers.get("Content-Type").includes("json") ? await answer.json() : {};
    } catch (fault) {
      said = { fel: [texts.inget_svar] };
    }
    button.disabled = false;
    if (answer && answer.ok) {
      window.sessionStorage.setItem(KEPT, said.sparat);
      window.location.reload();
      return;
    }
    if (said.namn) { form.querySelector(".bekrafta").hidden = false; }
    if (said.version) { form.setAttribute("action", form.getAttribute("action").replace(/version=\d+/, "version=" + said.version)); }
    say(form, said.fel || [texts.ej_sparat]);
  }

  document.addEventListener("submit", function (event) {
    if (!event.target.matches("form[data-skriv]")) { return; }
    event.preventDefault();
    send(event.target);
  });

  /* another page is shown: what was said about the form of the one before goes with what was typed in it */
  document.addEventListener("reset", function (event) {
    if (!event.target.matches("form[data-skriv]")) { return; }
    event.target.querySelector(".bekrafta").hidden = true;
    say(event.target, []);
  });

  /* said when the page has come back, by the same voice as everything else */
  new MutationObserver((_, watching) => {
    const status = document.getElementById("kopierad");
    if (!document.querySelector("main h1") || !status) { return; }
    watching.disconnect();
    const said = window.sessionStorage.getItem(KEPT);
    window.sessionStorage.removeItem(KEPT);
    if (said) { status.textContent = said; }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
