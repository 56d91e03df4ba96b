// Asks for the part of the page that answers, each time a switch is flipped. Without this script
// the forms work by their button, and every page is whole.
"use strict";
for (const form of document.querySelectorAll("form[data-live]")) {
  const answer = document.getElementById("answer");
  const later = document.querySelector("[data-after]");
  let turn = 0;
  const ask = async () => {
    const mine = ++turn;
    const query = new URLSearchParams(new FormData(form));
    answer.setAttribute("aria-busy", "true");
    const got = await fetch(`${form.getAttribute("action")}?${query}`, { headers: { "x-part": "1" } });
    const text = await got.text();
    if (mine !== turn) return; // a later flip has been answered
    answer.innerHTML = text;
    answer.removeAttribute("aria-busy");
    const link = got.headers.get("x-scenario") ?? query.toString();
    if (got.ok) history.replaceState(null, "", `?${link}`);
    if (later && got.ok) {
      const near = await fetch(`${later.dataset.after}?${link}`, { headers: { "x-part": "1" } });
      const said = await near.text();
      if (mine === turn) later.innerHTML = said;
    }
  };
  const slide = form.querySelector("[data-days]");
  if (slide) {
    const days = slide.dataset.days.split(" ");
    const day = form.querySelector("[name=as_of]");
    slide.addEventListener("input", () => { day.value = days[slide.value]; ask(); });
    day.addEventListener("change", () => {
      const past = days.filter((d) => d <= day.value).length;
      slide.value = Math.max(0, past - 1);
    });
  }
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-reload]")) {
      // another reading switches the asks anew
      const reading = encodeURIComponent(event.target.value);
      location.search = `?reading=${reading}`;
      return;
    }
    if (event.target !== slide) ask();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
  if (later) ask();
}
