/* Who is signed in: the warning before the end, the word when it has come, and signing out. What was typed waits for its
   writer in this tab until the page is back. */
(function () {
  "use strict";
  const texts = JSON.parse(document.getElementById("texter").textContent);
  const TOKEN = "__Host-sk-csrf", TYPED = "sjukvy-skrivet";
  let ended = false, timer = null;

  const token = () => (document.cookie.split("; ").find((one) => one.startsWith(TOKEN + "=")) || "").slice(TOKEN.length + 1);
  const writer = () => (document.querySelector(".vem a") || {}).textContent || "";
  window.sjukvy_inne = { token: token };

  function box(text, buttons) {
    const old = document.getElementById("sessionsruta");
    if (old) { old.remove(); }
    const made = document.createElement("div"), said = document.createElement("p");
    made.id = "sessionsruta";
    made.className = "sessionsruta";
    made.setAttribute("role", "alertdialog");
    made.setAttribute("aria-label", texts.inloggning);
    said.id = "sessionstext";
    said.textContent = text;
    made.setAttribute("aria-describedby", said.id);
    made.append(said, ...buttons);
    document.body.append(made);
    if (buttons.length) { buttons[0].focus({ preventScroll: true }); }
  }

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "knapp";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  function closeBox() {
    const old = document.getElementById("sessionsruta");
    if (old) { old.remove(); }
  }

  const address = () => window.location.pathname + window.location.search;

  /* texts of the forms that write, as they stand, under the name of who wrote them */
  function keepTyped() {
    const typed = [...document.querySelectorAll("form[data-skriv]")].map((form) => [form.id, [...new FormData(form)].filter((pair) => pair[1])]);
    const kept = typed.filter((pair) => pair[1].length);
    if (kept.length) { window.sessionStorage.setItem(TYPED, JSON.stringify({ av: writer(), vid: address(), form: kept })); }
  }

  function putBack() {
    const kept = JSON.parse(window.sessionStorage.getItem(TYPED) || "null");
    if (!kept) { return; }
    if (kept.av !== writer()) { window.sessionStorage.removeItem(TYPED); return; }
    if (kept.vid !== address() || !kept.form.every((pair) => document.getElementById(pair[0]))) { return; }
    kept.form.forEach(([name, fields]) => fields.forEach(([field, value]) => {
      const there = document.getElementById(name).elements[field];
      const closed = there && there.closest("details");
      if (there && there.type !== "checkbox") { there.value = value; }
      if (closed && there.tagName === "TEXTAREA") { closed.open = true; }
    }));
    window.sessionStorage.removeItem(TYPED);
  }

  function out() {
    if (ended) { return; }
    ended = true;
    window.clearTimeout(timer);
    keepTyped();
    document.dispatchEvent(new Event("sjukvy-ute"));
    const again = button(texts.logga_in, () => { window.location.assign("/logga-in?vidare=" + encodeURIComponent(address())); });
    box(texts.ute, [again]);
  }

  /* every answer is looked at: a 401 is never a silent empty chart. The page is told that there is nothing new: what it
     shows stays, under the word that the session has ended */
  const fetched = window.fetch;
  window.fetch = function (...asked) {
    return fetched.apply(this, asked).then((answer) => {
      const where = String(asked[0] && asked[0].url || asked[0]);
      const place = new URL(where, window.location.href);
      if (answer.status !== 401 || place.origin !== window.location.origin) { return answer; }
      out();
      return place.pathname === "/_dash-update-component" ? new Response(null, { status: 204 }) : answer;
    });
  };

  async function longer() {
    const answer = await fetched("/session", { method: "POST", headers: { "X-CSRFToken": token() } });
    if (answer.status === 401) { out(); return; }
    closeBox();
    look();
  }

  /* the server knows how long is left, whatever other tabs have done */
  async function look() {
    let said;
    try {
      const answer = await fetched("/session");
      if (answer.status === 401) { out(); return; }
      said = await answer.json();
    } catch (fault) {
      timer = window.setTimeout(look, 60000);
      return;
    }
    if (said.kvar > said.varna) {
      closeBox();
      timer = window.setTimeout(look, Math.min((said.kvar - said.varna) * 1000, 2147483000));
      return;
    }
    if (!document.getElementById("sessionsruta")) {
      const prolongs = said.langst > said.kvar;
      box(prolongs ? texts.snart_ute : texts.sista, prolongs ? [button(texts.fortsatt, longer)] : [button(texts.stang, closeBox)]);
    }
    timer = window.setTimeout(look, Math.max(1, Math.min(said.kvar, 30)) * 1000);
  }

  document.addEventListener("click", function (event) {
    if (!event.target.closest("#logga-ut")) { return; }
    const form = document.createElement("form"), field = document.createElement("input");
    window.sessionStorage.removeItem(TYPED);
    form.method = "post";
    form.action = "/logga-ut";
    field.type = "hidden";
    field.name = "csrf_token";
    field.value = token();
    form.append(field);
    document.body.append(form);
    form.submit();
  });

  document.addEventListener("sjukvy-visad", putBack);
  timer = window.setTimeout(look, 20000);
})();
