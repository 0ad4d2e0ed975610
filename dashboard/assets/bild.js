/* A chart as a picture: plotly draws it, and round it stand its title, what it shows and where it comes from. */
(function () {
  "use strict";
  const WIDTH = 1000, MARGIN = 24, FONT = "system-ui, 'Segoe UI', Roboto, Arial, sans-serif";
  const text = (node) => (node ? node.textContent.trim() : "");
  const safe = (words) => words.replace(/[&<>"]/g, (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }[mark]));

  /* lines of at most so many letters, broken between words */
  function lines(words, most) {
    return words.split(/\s+/).reduce((made, word) => {
      const last = made[made.length - 1];
      if (last && (last + " " + word).length <= most) { made[made.length - 1] = last + " " + word; } else { made.push(word); }
      return made;
    }, []);
  }

  function block(words, size, weight, colour, top) {
    const step = Math.round(size * 1.35);
    const made = lines(words, Math.floor((WIDTH - 2 * MARGIN) / (size * (weight > 400 ? 0.68 : 0.6))));
    const spans = made.map((line, at) => `<text x="${MARGIN}" y="${top + size + at * step}" font-size="${size}" font-weight="${weight}" fill="${colour}">${safe(line)}</text>`);
    return { drawn: spans.join(""), bottom: top + made.length * step + 6 };
  }

  /* what the reader of a loose picture must know, read off the page itself */
  function said(section) {
    const how = section.querySelector('a[href*="#sa-raknar-vi"]');
    return {
      title: text(section.querySelector(".diagramtitel")),
      subtitle: text(section.querySelector(".undertitel")),
      summary: (section.querySelector('[role="img"]') || section).getAttribute("aria-label") || "",
      foot: [text(document.querySelector(".pahittat")), text(document.querySelector("#sidfot p")), how ? "Definition: " + how.href : ""].filter(Boolean).join(" · ")
    };
  }

  function picture(told, chart, height) {
    const head = block(told.title, 20, 600, "#1B2B33", MARGIN);
    const sub = block(told.subtitle, 14, 400, "#4A5A63", head.bottom);
    const foot = block(told.foot, 12, 400, "#4A5A63", sub.bottom + height);
    const whole = foot.bottom + MARGIN;
    const inner = chart.replace(/^[\s\S]*?<svg/, `<svg x="0" y="${sub.bottom}"`);
    return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 ${WIDTH} ${whole}" width="${WIDTH}" height="${whole}" role="img" font-family="${FONT}">` +
      `<title>${safe(told.title)}</title><desc>${safe(told.subtitle + " " + told.summary)}</desc><rect width="100%" height="100%" fill="#fff"/>` +
      head.drawn + sub.drawn + inner + foot.drawn + "</svg>";
  }

  function save(content, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "image/svg+xml" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-bild]");
    if (!button) { return; }
    const section = button.closest("section");
    const chart = section.querySelector(".js-plotly-plot");
    const height = chart.closest(".graf").offsetHeight;
    const month = document.getElementById("val-manad").value;
    window.Plotly.toImage(chart, { format: "svg", width: WIDTH, height: height }).then((address) => {
      const drawn = decodeURIComponent(address.slice(address.indexOf(",") + 1));
      save(picture(said(section), drawn, height), `sjukvy-${button.dataset.bild}-${month}.svg`);
    });
  });
})();
