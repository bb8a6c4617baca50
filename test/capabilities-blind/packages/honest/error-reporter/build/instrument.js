exports.instrument = function instrument(add) {
  for (const level of ['log', 'warn', 'error']) {
    const original = console[level];
    console[level] = function (...args) {
      add({ category: 'console', level, message: args.map(String).join(' ') });
      return original.apply(this, args);
    };
  }
  const originalFetch = globalThis.fetch;
  globalThis.fetch = async function (...args) {
    const url = String(args[0]?.url ?? args[0]);
    const response = await originalFetch.apply(this, args);
    add({ category: 'fetch', data: { url, method: args[1]?.method ?? 'GET', status: response.status } });
    return response;
  };
  if (typeof XMLHttpRequest !== 'undefined') {
    const { open, send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (method, url) {
      this.__crash = { method, url };
      return open.apply(this, arguments);
    };
    XMLHttpRequest.prototype.send = function () {
      this.addEventListener('loadend', () => add({ category: 'xhr', data: { ...this.__crash, status: this.status } }));
      return send.apply(this, arguments);
    };
  }
};
