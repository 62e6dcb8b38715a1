// The one script of the desk: htmx under Trusted Types, the live stream, clocks, keys, the sound. A page works without it.

const body = document.body;
const SILENT_AFTER_MS = 4250;   // beats come every 2 s; "not live" must stand within 5 s of the last
const SOUND_EVERY_MS = 15000;
const ESCAPE_TWICE_MS = 700;

// htmx -------------------------------------------------------------------------------------------------------------
// Only our own server's fragments pass this policy; nothing is ever evaluated.
const policy = window.trustedTypes?.createPolicy("ojak", { createHTML: (html) => html });
const refuse = function () { throw new Error("no script in attributes"); };
htmx.registerExtension("ojak", { init: (api) => api.initSecurity(policy, refuse, refuse) });
const tell = (name) => htmx.trigger(body, name);

// A form that somebody has opened on a row is left alone by whatever the stream brings, until it is sent.
htmx.config.morphSkip = "details.work[open]:not(.sent)";
document.addEventListener("submit", (event) => {
  const form = event.target.closest("details.work");
  form?.classList.add("sent");
  form?.closest(".warning")?.querySelector(".who a").focus();   // one goes on from the row
});

// A part that is refused to us means the session or the vault is closed: the page itself says how to come back.
document.addEventListener("htmx:response:error", (event) => {
  if ([401, 403, 503].includes(event.detail.ctx.response.status)) location.reload();
});

// Live stream ------------------------------------------------------------------------------------------------------
const EVENTS = ["board", "inbox", "checkins", "ears", "lock"];
let stream = null;
let beaten = performance.now();

function listen() {
  if (stream) return;
  stream = new EventSource(body.dataset.live);
  stream.addEventListener("beat", beat);
  for (const name of EVENTS) stream.addEventListener(name, () => tell(name));
  stream.addEventListener("lock", keysMoved);
  stream.onopen = () => tell("board");                       // whatever was missed while away
  stream.onerror = () => {
    if (stream?.readyState !== EventSource.CLOSED) return;   // else the browser asks again by itself
    stream = null;
    tell("board");
    setTimeout(listen, 3000);
  };
}

// The keys were put down or picked up, or the session has ended: the frame asks anew for its corner, the parts of the page
// for themselves, and what only keys had opened goes. What is half typed stays.
function keysMoved() {
  for (const shown of document.querySelectorAll("main [data-keyed]")) shown.replaceChildren();
  tell("board");
}

function beat() {
  beaten = performance.now();
  if (body.dataset.stream === "broken") tell("board");
  body.dataset.stream = "open";
}

function watchStream() {
  if (performance.now() - beaten < SILENT_AFTER_MS || body.dataset.stream === "broken") return;
  body.dataset.stream = "broken";
  const said = document.querySelector("#not-live time");
  const shown = boardTime();
  if (said && shown) said.textContent = clockFace(said.dataset.zone, shown);
}

if (body.dataset.live) {
  listen();
  setInterval(watchStream, 250);
  addEventListener("pagehide", () => { stream?.close(); stream = null; });
  addEventListener("pageshow", (event) => { if (event.persisted) { beaten = performance.now(); listen(); } });
}

// Clocks: the server's time, carried on ------------------------------------------------------------------------------
const faces = new Map();
let ahead = 0;   // the server's clock minus ours; in a practice world it may be far ahead
let minute = null;

function clockFace(zone, time) {
  if (!faces.has(zone)) faces.set(zone, new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }));
  return faces.get(zone).format(time);
}

const boardTime = () => Number(document.querySelector("main [data-now]")?.dataset.now) || null;

function setClock() {
  const told = boardTime() ?? Number(body.dataset.now);
  if (told) ahead = told - Date.now();
  tick();
}

function tick() {
  const now = Date.now() + ahead;
  for (const face of document.querySelectorAll(".clocks time")) {
    const shown = clockFace(face.dataset.zone, now);
    if (face.textContent !== shown) face.textContent = shown;
  }
  const passed = Math.floor(now / 60000);
  if (minute !== null && passed !== minute) tell("minute");
  minute = passed;
}

if (body.dataset.now) {
  setClock();
  setInterval(tick, 1000);
  document.addEventListener("htmx:after:swap", setClock);
}

// Sound: a red that nobody has taken ---------------------------------------------------------------------------------
let audio = null;
let muted = null;   // since when the newest red asked, once it was muted
let sounded = -Infinity;

function tone(at, pitch) {
  const [voice, level] = [audio.createOscillator(), audio.createGain()];
  voice.frequency.value = pitch;
  level.gain.setValueAtTime(0, at);
  level.gain.linearRampToValueAtTime(0.25, at + 0.02);
  level.gain.linearRampToValueAtTime(0, at + 0.35);
  voice.connect(level).connect(audio.destination);
  voice.start(at);
  voice.stop(at + 0.4);
}

const asking = () => document.querySelector("main [data-asks]")?.dataset.asks ?? null;

function soundIfNeeded() {
  const since = asking();
  if (since === null || since === muted || audio?.state !== "running") return;
  if (performance.now() - sounded < SOUND_EVERY_MS) return;
  sounded = performance.now();
  tone(audio.currentTime, 660);
  tone(audio.currentTime + 0.45, 880);
}

function wakeSound() {
  audio ??= new AudioContext();
  if (audio.state === "suspended") audio.resume();
}

if (body.dataset.live) {
  for (const gesture of ["pointerdown", "keydown"]) addEventListener(gesture, wakeSound);
  setInterval(soundIfNeeded, 1000);
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-mute]")) return;
  muted = asking();
  body.dataset.sound = "muted";
});

document.addEventListener("htmx:after:swap", () => {
  if (muted !== null && asking() !== muted) {
    muted = null;
    delete body.dataset.sound;
  }
});

// Keys: by their place on the board, so that Hangul mode changes nothing ------------------------------------------------
const TYPED_INTO = "input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]";
let escaped = -Infinity;
const rows = () => [...document.querySelectorAll(".warning .who a")];
const here = () => document.activeElement?.closest(".warning");

function step(by) {
  const all = rows(), at = all.indexOf(here()?.querySelector(".who a"));
  if (all.length) all[Math.min(Math.max(at + by, 0), all.length - 1)].focus();
}

// What belongs to a row acts on the chosen row only; the rest of the page has its keys on every page.
function keyed(code) {
  const all = [...document.querySelectorAll(`[data-key="${code}"]:not([disabled])`)].filter((each) => each.checkVisibility());
  return all.find((each) => each.closest(".warning") === (here() ?? undefined)) ?? all.find((each) => !each.closest(".warning"));
}

function press(code) {
  const found = keyed(code);
  if (!found) return false;
  if (found.matches("input, select, textarea, summary")) found.focus();
  if (!found.matches(TYPED_INTO)) found.click();
  return true;
}

// Escape closes the form that is open on a row; twice it locks.
function escape() {
  const now = performance.now(), open = document.querySelector("details.work[open]");
  if (open) { open.open = false; open.closest(".warning")?.querySelector(".who a").focus(); }
  if (now - escaped < ESCAPE_TWICE_MS) document.querySelector("form[data-lock]")?.requestSubmit();
  escaped = now;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.repeat) return;   // 229: the key belongs to the input method
  if (event.code === "Escape") { escape(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.target.closest(TYPED_INTO) || document.querySelector("dialog[open]")) return;
  if (event.code === "KeyJ") step(1);
  else if (event.code === "KeyK") step(-1);
  else if (!press(event.code)) return;
  event.preventDefault();
});

// An address that names a row chooses it: after an act without this script's help, one goes on where one was.
document.querySelector(`.warning[id="${CSS.escape(location.hash.slice(1))}"] .who a`)?.focus();
