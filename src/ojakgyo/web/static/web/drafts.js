// What is half typed is laid by at the desk as it is typed, never in the browser, and offered back when it was not sent.

const AFTER_MS = 400;
const LEFT_OUT = ["password", "hidden", "file", "submit", "button"];
const waiting = new Map();   // form -> timer; it holds something that has not been laid by yet
const flying = new Map();    // form -> what is on its way to the desk

function fieldsOf(form) {
  const fields = new URLSearchParams();
  for (const field of form.elements) {
    if (!field.name || field.disabled || LEFT_OUT.includes(field.type)) continue;
    if (["checkbox", "radio"].includes(field.type) && !field.checked) continue;
    if (field.tagName === "SELECT" && field.multiple) for (const each of field.selectedOptions) fields.append(field.name, each.value);
    else fields.append(field.name, field.value);
  }
  return fields;
}

async function send(to, form, fields) {
  fields.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  try {
    await fetch(to, { method: "POST", body: fields, redirect: "manual", keepalive: true });
  } catch { /* the desk is away: what was typed stays in the page, and the next letter tries again */ }
}

function layBy(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  const sent = Promise.resolve(flying.get(form)).then(() => sendDraft(form));   // one after the other, so that the newest stays
  flying.set(form, sent);
  return sent.finally(() => { if (flying.get(form) === sent) flying.delete(form); });
}

function sendDraft(form) {
  const draft = form.querySelector("[data-draft]");
  const fields = fieldsOf(form);
  if (!draft) return send(form.getAttribute("action"), form, fields);
  if (![...form.elements].some(isTyped)) for (const name of [...fields.keys()]) fields.delete(name);
  fields.set("_to", new URL(form.getAttribute("action") || "", location.href).pathname);
  return send(`/drafts/${draft.dataset.draft}/`, form, fields);
}

// A field that somebody changed: what a list had chosen by itself is nobody's words.
function isTyped(field) {
  if (LEFT_OUT.includes(field.type) || !field.name) return false;
  if (field.tagName === "SELECT") return [...field.options].some((each) => each.selected !== each.defaultSelected && each.value && each.selected);
  if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
  return Boolean(field.value);
}

const laidBy = (form) => form?.querySelector("[data-draft]") || form?.hasAttribute("data-laid-by");

addEventListener("input", (event) => {
  const form = event.target.form;
  if (!laidBy(form)) return;
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(layBy, AFTER_MS, form));
});

// Keys may have been put down meanwhile: what was just typed is laid by before the form is sent, so that it is never lost.
addEventListener("submit", (event) => {
  const form = event.target;
  if (!waiting.has(form) && !flying.has(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  (waiting.has(form) ? layBy(form) : flying.get(form)).finally(() => flying.delete(form)).then(() => form.requestSubmit(event.submitter?.form === form ? event.submitter : undefined));
}, { capture: true });

addEventListener("pagehide", () => { for (const form of [...waiting.keys()]) layBy(form); });

// Offered back ---------------------------------------------------------------------------------------------------------
const offered = (draft) => [...draft.querySelectorAll("[data-name]")].map((each) => [each.dataset.name, each.value]);

function putBack(form, values) {
  for (const field of form.elements) {
    const own = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (!own.length || LEFT_OUT.includes(field.type)) continue;
    if (["checkbox", "radio"].includes(field.type)) field.checked = own.includes(field.value);
    else if (field.tagName === "SELECT" && field.multiple) for (const each of field.options) each.selected = own.includes(each.value);
    else field.value = own[0];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

document.addEventListener("htmx:after:swap", () => {
  for (const draft of document.querySelectorAll("form [data-draft]:has([data-name])")) {
    const now = fieldsOf(draft.closest("form"));
    if (offered(draft).every(([name, value]) => now.getAll(name).includes(value))) draft.replaceChildren();   // it stands there already
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-put-back], [data-drop]");
  const draft = button?.closest("[data-draft]");
  if (!draft) return;
  const form = draft.closest("form");
  const values = offered(draft);
  draft.replaceChildren();
  if (button.hasAttribute("data-put-back")) {
    putBack(form, values);
    [...form.elements].find(isTyped)?.focus();
  } else {
    send(`/drafts/${draft.dataset.draft}/`, form, new URLSearchParams());
  }
});

// Keys put down: the scratch line goes from the screen, and comes back with them.
document.body.addEventListener("lock", () => {
  if (document.querySelector(".keys a[href='/enter/']")) return;
  for (const form of document.querySelectorAll("form[data-laid-by]")) form.remove();
});
