// Find from anywhere: the palette with its answers and commands, '/' and Ctrl-K to open it, '?' for help; and the undo
// buttons, which go when their time is over. Without it, the find box and the page /find/ do the same.

const palette = document.getElementById("palette");
const typed = document.getElementById("palette-what");
const list = document.getElementById("palette-found");
const options = () => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];
const chosen = () => list.querySelector("[aria-selected=true]");

function choose(option) {
  chosen()?.removeAttribute("aria-selected");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) typed.setAttribute("aria-activedescendant", option.id);
  else typed.removeAttribute("aria-activedescendant");
}

function open(text = "") {
  if (!palette || palette.open) return;
  typed.value = text;
  palette.showModal();
  typed.focus();
  htmx.trigger(typed, "find");
}

function step(by) {
  const all = options();
  if (all.length) choose(all[(all.indexOf(chosen()) + by + all.length) % all.length]);
}

const DOES = {
  "#lock": () => document.querySelector("form[data-lock]").requestSubmit(),
  "#scratch": () => {
    const line = document.getElementById("scratch");
    if (line?.offsetParent) { palette.close(); line.focus(); } else location.assign("/find/#scratch");
  },
  "#names": () => { typed.form.action = "/find/names/"; typed.form.submit(); },
};

function go(option) {
  if (!option) { typed.form.requestSubmit(); return; }
  const goes = option.dataset.goes;
  if (DOES[goes]) DOES[goes](); else location.assign(goes);
}

if (palette) {
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-goes]");
    if (option) go(option);
  });
  palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });   // beside it
  typed.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;   // the input method is still at the syllable
    if (event.code === "ArrowDown") step(1);
    else if (event.code === "ArrowUp") step(-1);
    else if (event.code === "Enter" || event.code === "NumpadEnter") go(chosen());
    else return;
    event.preventDefault();
  });
  document.addEventListener("htmx:after:swap", () => { if (palette.open) choose(typed.value ? options()[0] : null); });

  // The box in the top line opens the palette; what is typed there meanwhile goes along.
  const box = document.querySelector("form[data-find] input");
  for (const name of ["focus", "click"]) box?.addEventListener(name, () => { open(box.value); box.value = ""; });
}

const GOES = { KeyN: "/people/new/", KeyC: "/calls/", KeyE: "/calls/report/" };   // from anywhere, where the page has no such key itself

addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.altKey || event.defaultPrevented) return;
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") {
    event.preventDefault();
    if (palette) open(); else location.assign("/find/");
    return;
  }
  if (event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea, [contenteditable]")) return;
  if (document.querySelector("dialog[open]")) return;
  if (GOES[event.code] && !event.shiftKey && !event.repeat) { event.preventDefault(); location.assign(GOES[event.code]); return; }
  if (event.code !== "Slash" && event.key !== "/" && event.key !== "?") return;
  event.preventDefault();
  if (event.key === "?" || (event.shiftKey && event.key !== "/")) location.assign("/help/");
  else if (palette) open();
  else location.assign("/find/");
});

// Undo ---------------------------------------------------------------------------------------------------------------
const ahead = Number(document.body.dataset.now) - Date.now();   // in a practice world the desk's clock may be far ahead

function endUndo() {
  for (const button of document.querySelectorAll("[data-until]")) {
    if (Date.now() + ahead >= Number(button.dataset.until)) button.closest("form").remove();
  }
}

setInterval(endUndo, 500);
