const state = { opts: null, queue: [], view: null };

const uid = () => ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

function session() {
  const m = document.cookie.match(/(?:^|; )_rum_s=([^;]+)/);
  const id = m ? m[1] : uid();
  document.cookie = `_rum_s=${id}; max-age=900; path=/; samesite=strict${location.protocol === 'https:' ? '; secure' : ''}`;
  return id;
}

function push(type, data) {
  if (!state.opts) return;
  const event = { type, date: Date.now(), view: { id: state.view, url: location.origin + location.pathname }, session: { id: session() }, service: state.opts.service, ...data };
  const kept = state.opts.beforeSend ? state.opts.beforeSend(event) : event;
  if (kept === false) return;
  state.queue.push(event);
  if (state.queue.length >= 50) flush();
}

function flush() {
  if (!state.queue.length) return;
  const body = state.queue.splice(0).map((e) => JSON.stringify(e)).join('\n');
  const url = `${state.opts.intake}/api/v2/rum?key=${state.opts.clientToken}`;
  if (!(navigator.sendBeacon && navigator.sendBeacon(url, body))) {
    const x = new XMLHttpRequest();
    x.open('POST', url);
    x.send(body);
  }
}

function instrumentFetch() {
  const orig = window.fetch;
  window.fetch = function (input, init) {
    const url = typeof input === 'string' ? input : input.url;
    if (url.startsWith(state.opts.intake)) return orig.apply(this, arguments);
    const start = performance.now();
    const method = (init && init.method) || 'GET';
    return orig.apply(this, arguments).then(
      (res) => { push('resource', { resource: { kind: 'fetch', method, url: url.split('?')[0], status: res.status, duration: performance.now() - start } }); return res; },
      (err) => { push('resource', { resource: { kind: 'fetch', method, url: url.split('?')[0], status: 0, error: String(err) } }); throw err; },
    );
  };
}

function instrumentXhr() {
  const { open, send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, url) {
    this.__rum = { method, url: String(url).split('?')[0] };
    return open.apply(this, arguments);
  };
  XMLHttpRequest.prototype.send = function () {
    const start = performance.now();
    this.addEventListener('loadend', () => {
      if (!this.__rum.url.startsWith(state.opts.intake)) push('resource', { resource: { kind: 'xhr', ...this.__rum, status: this.status, duration: performance.now() - start } });
    });
    return send.apply(this, arguments);
  };
}

function vitals() {
  const observe = (type, fn) => { try { new PerformanceObserver((l) => l.getEntries().forEach(fn)).observe({ type, buffered: true }); } catch {} };
  let cls = 0, lcp = 0;
  observe('largest-contentful-paint', (e) => { lcp = e.startTime; });
  observe('layout-shift', (e) => { if (!e.hadRecentInput) cls += e.value; });
  observe('longtask', (e) => push('long_task', { duration: e.duration }));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'hidden') return;
    push('view', { vitals: { lcp, cls } });
    flush();
  });
}

function actions() {
  document.addEventListener('click', (e) => {
    const el = e.target.closest('[data-rum-action],button,a');
    if (el) push('action', { action: { type: 'click', name: el.getAttribute('data-rum-action') || el.tagName.toLowerCase() } });
  }, { capture: true, passive: true });
}

export function init(opts) {
  if (state.opts || Math.random() * 100 >= (opts.sampleRate ?? 100) || navigator.doNotTrack === '1') return;
  state.opts = { intake: 'https://rum.example.test', ...opts };
  state.view = uid();
  instrumentFetch();
  instrumentXhr();
  vitals();
  if (opts.trackUserInteractions) actions();
  addEventListener('error', (e) => push('error', { error: { message: e.message, stack: e.error && e.error.stack } }));
  addEventListener('unhandledrejection', (e) => push('error', { error: { message: String(e.reason) } }));
  setInterval(flush, 30000);
}
export const setUser = ({ id }) => push('user', { user: { id } });
