// The log page: a name that may be meant is taken into the line, and a line is taken back for as long as it can be.

const line = document.querySelector("#line");
const parse = document.querySelector("#parse");
const waits = document.querySelector("#line-waits");
const undo = document.querySelector("[data-until]");
const choices = () => [...parse.querySelectorAll("[data-name]")];

// Where a name stands in the line already, the digits are typed behind it.
line.setSelectionRange(line.value.length, line.value.length);

// What is understood --------------------------------------------------------------------------------------------------
// Keys put down: the line stays where it is, and the page says so instead of leaving for the way in.
line.addEventListener("htmx:before:response", (event) => {
  const turned = event.detail.ctx.response.status === 401;
  waits.hidden = !turned;
  if (turned) event.preventDefault();
});

// Choosing writes the name and leaves the rest of the line as it is; nothing is sent by it.
parse.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-name]");
  if (!chosen) return;
  event.preventDefault();
  const rest = line.value.trimStart().split(/\s+/).slice(1).join(" ");
  line.value = `${chosen.dataset.name} ${rest}`;
  line.focus();
  line.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  const all = choices();
  const at = all.indexOf(document.activeElement);
  if (event.code === "ArrowDown" && all.length && (event.target === line || at >= 0)) all[Math.min(at + 1, all.length - 1)].focus();
  else if (event.code === "ArrowUp" && at >= 0) (all[at - 1] ?? line).focus();
  else if (event.code === "KeyZ" && (event.ctrlKey || event.metaKey) && line.value === "" && undo && !undo.disabled) undo.click();
  else return;
  event.preventDefault();
});

// What is logged ------------------------------------------------------------------------------------------------------
if (undo) setTimeout(() => { undo.disabled = true; }, Number(undo.dataset.until) - Number(document.body.dataset.now));
