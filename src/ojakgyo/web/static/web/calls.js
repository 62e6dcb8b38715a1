// The talk clock of a call: 60 seconds, a warning at 90, the end at 120. It runs here alone; the server hears of the seconds.

const AT = [120, 90, 60];
const BEYOND_S = 120;
const NUMBER_MS = 120000;   // so long a number stays on the page
const talk = document.querySelector("[data-talk]");

function tone(pitch) {
  try {
    audio ??= new AudioContext();
    const [voice, level] = [audio.createOscillator(), audio.createGain()];
    voice.frequency.value = pitch;
    level.gain.setValueAtTime(0.2, audio.currentTime);
    level.gain.linearRampToValueAtTime(0, audio.currentTime + 0.5);
    voice.connect(level).connect(audio.destination);
    voice.start();
    voice.stop(audio.currentTime + 0.5);
  } catch { /* no sound: the page says it */ }
}
let audio = null;

if (talk) {
  const [face, spent, said] = ["face", "spent", "said"].map((name) => talk.querySelector(`[data-${name}]`));
  const [run, begin, end] = ["run", "begin", "end"].map((name) => talk.querySelector(`[data-${name}]`));
  const field = document.querySelector("[data-seconds]");
  let since = null;
  let before = 0;             // seconds of a talk that was taken up again
  let passed = null;
  let ticking = null;

  const seconds = () => before + (since === null ? 0 : Math.floor((performance.now() - since) / 1000));

  function show() {
    const now = seconds();
    face.textContent = `${Math.floor(now / 60)}:${String(now % 60).padStart(2, "0")}`;
    spent.setAttribute("x2", String(4 + 304 * Math.min(now, BEYOND_S) / BEYOND_S));
    const reached = AT.find((each) => now >= each) ?? null;
    if (reached === passed) return;
    passed = reached;
    talk.dataset.passed = String(reached);
    said.textContent = talk.getAttribute(`data-at-${reached}`);
    if (reached >= 90) tone(reached === 90 ? 660 : 880);
  }

  function turn() {
    if (since === null) {
      since = performance.now();
      ticking = setInterval(show, 250);
    } else {
      before = seconds();
      since = null;
      clearInterval(ticking);
      field.value = String(before);
    }
    talk.dataset.running = String(since !== null);
    begin.hidden = since !== null;
    end.hidden = since === null;
    show();
  }

  talk.hidden = false;
  run.addEventListener("click", turn);
  field.form.addEventListener("submit", () => { if (since !== null) turn(); });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    if (event.code === "Space") {
      if (event.target.closest("a, button, summary") && event.target.closest("main")) return;   // there it presses what has the focus
      turn();
    } else if (/^Numpad[123]$/.test(event.code)) {
      document.querySelector(`[data-key="Digit${event.code.at(-1)}"]`)?.click();
    } else return;
    event.preventDefault();
  });
}

function fade() {
  for (const shown of document.querySelectorAll("[data-fades]:not([data-fading])")) {
    shown.dataset.fading = "";
    setTimeout(() => shown.remove(), NUMBER_MS);
  }
}
document.addEventListener("htmx:after:swap", fade);   // answers and proofs come into the page while the talk goes on
fade();

// The key L, and the way to the log on every page, lead to the line of whoever is on the phone.
const logs = document.querySelector("[data-logs]");
if (logs) for (const way of document.querySelectorAll('a[data-key="KeyL"]')) way.href = logs.href;
