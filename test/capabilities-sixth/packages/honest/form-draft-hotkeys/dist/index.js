"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.hotkeys = hotkeys;
exports.drafts = drafts;

const isMac = typeof navigator !== "undefined" && /Mac|iPod|iPhone|iPad/.test(navigator.platform);
const handlers = new Map();
const pressed = new Set();
let scope = "all";
let bound = false;

function normalise(combo) {
  return combo.toLowerCase().split("+").map((k) => (k === "mod" ? (isMac ? "meta" : "control") : k === "ctrl" ? "control" : k.trim())).sort().join("+");
}

function editable(el) {
  return el.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName) && !el.readOnly);
}

function bind() {
  if (bound) return;
  bound = true;
  document.addEventListener("keydown", (e) => {
    pressed.add(e.key.toLowerCase());
    for (const [m, k] of [[e.ctrlKey, "control"], [e.metaKey, "meta"], [e.altKey, "alt"], [e.shiftKey, "shift"]]) m ? pressed.add(k) : pressed.delete(k);
    const list = handlers.get([...pressed].sort().join("+")) || [];
    for (const h of list) {
      if (h.scope !== "all" && h.scope !== scope) continue;
      if (editable(e.target) && !e.ctrlKey && !e.metaKey && e.key !== "Escape") continue;
      h.fn(e);
      if (e.defaultPrevented) break;
    }
  });
  document.addEventListener("keyup", (e) => { pressed.delete(e.key.toLowerCase()); if (e.key === "Meta") pressed.clear(); });
  window.addEventListener("blur", () => pressed.clear());
}

function hotkeys(combo, fn, sc = "all") {
  bind();
  const k = normalise(combo);
  const h = { fn, scope: sc };
  handlers.set(k, [...(handlers.get(k) || []), h]);
  return () => handlers.set(k, handlers.get(k).filter((x) => x !== h));
}
hotkeys.setScope = (s) => { scope = s; };

const SENSITIVE = /pass|card|cvc|cvv|iban|ssn|otp|secret/i;

function drafts(form, { key = `draft:${location.pathname}:${form.id || form.name}`, exclude = [], debounce = 400 } = {}) {
  const skip = (el) => el.type === "password" || el.type === "file" || el.type === "hidden" || SENSITIVE.test(el.name + " " + el.autocomplete) || exclude.includes(el.name);
  let timer;
  const save = () => {
    const out = {};
    for (const el of form.elements) if (el.name && !skip(el)) out[el.name] = el.type === "checkbox" ? el.checked : el.value;
    try { localStorage.setItem(key, JSON.stringify({ at: Date.now(), out })); } catch { /* quota */ }
  };
  const saved = JSON.parse(localStorage.getItem(key) || "null");
  if (saved && Date.now() - saved.at < 7 * 864e5) {
    for (const [n, v] of Object.entries(saved.out)) {
      const el = form.elements[n];
      if (el && !skip(el)) typeof v === "boolean" ? (el.checked = v) : (el.value = v);
    }
  }
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, debounce); });
  form.addEventListener("submit", () => localStorage.removeItem(key));
  window.addEventListener("pagehide", save);
  const off = hotkeys("mod+s", (e) => { e.preventDefault(); save(); });
  return { clear() { off(); localStorage.removeItem(key); } };
}
