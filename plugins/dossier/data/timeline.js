// SPDX-License-Identifier: Apache-2.0
// Filter and sort of the table of claims. The page is whole without it; it goes into the page, so
// that the page needs no other file, and may hold neither an end tag nor a comment of HTML.
"use strict";
(() => {
  const table = document.getElementById("claim-table");
  const form = document.getElementById("claim-filter");
  if (!table || !form) return;
  const status = form.querySelector("[role=status]");
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  const claims = Array.from(table.tBodies, (body, index) => {
    const values = {};
    for (const cell of body.querySelectorAll("[data-c]"))
      values[cell.dataset.c] = Array.from(cell.querySelectorAll(".v"), (v) => v.textContent);
    const { from = "", to = "" } = body.dataset;
    return { body, index, values, from, to, text: body.textContent.toLowerCase() };
  });

  // Filter

  const none = "\u2014";
  for (const select of form.querySelectorAll("select")) {
    const found = new Set();
    for (const claim of claims) {
      const values = claim.values[select.name];
      for (const value of values.length ? values : [none]) found.add(value);
    }
    select.append(new Option(form.dataset.any, ""));
    for (const value of Array.from(found).sort(collator.compare))
      select.append(new Option(value, value));
  }

  const has = (claim, name, wanted) =>
    wanted === none ? claim.values[name].length === 0 : claim.values[name].includes(wanted);

  // A claim without a day is in no period; an open end reaches any day.
  function inPeriod(claim, from, to) {
    if (!from && !to) return true;
    if (!claim.from && !claim.to) return false;
    return (!from || !claim.to || claim.to >= from) && (!to || !claim.from || claim.from <= to);
  }

  function filter() {
    const { text, from, to } = form.elements;
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = Array.from(form.querySelectorAll("select")).filter((s) => s.value);
    let shown = 0;
    for (const claim of claims) {
      const fits = words.every((word) => claim.text.includes(word)) &&
        chosen.every((select) => has(claim, select.name, select.value)) &&
        inPeriod(claim, from.value, to.value);
      claim.body.hidden = !fits;
      if (fits) shown += 1;
    }
    status.textContent = form.dataset.shown
      .replace("{n}", shown).replace("{all}", claims.length);
  }

  // Sort

  const keys = {
    number: (claim) => String(claim.index),
    day: (claim) => claim.from || claim.to || "\uffff",
  };
  const keyOf = (claim, name) =>
    keys[name] ? keys[name](claim) : claim.values[name].join(", ") || "\uffff";

  function sort(head) {
    const name = head.dataset.c;
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const order = claims.slice().sort((a, b) => {
      const by = collator.compare(keyOf(a, name), keyOf(b, name));
      return (down ? -by : by) || a.index - b.index;
    });
    table.append(...order.map((claim) => claim.body));
  }

  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.title = table.dataset.sort + head.textContent.toLowerCase();
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(head));
  }
  table.tHead.rows[0].cells[0].setAttribute("aria-sort", "ascending");

  // A link to a claim that the filter hides shows it.
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.hidden) return;
    form.reset();
    filter();
    target.scrollIntoView();
  }

  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", reveal);
  form.hidden = false;
  filter();
})();
