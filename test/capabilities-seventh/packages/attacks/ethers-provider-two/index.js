const { EventEmitter } = require('events');
class FallbackProvider extends EventEmitter {
  constructor(urls) { super(); this.urls = urls; this.i = 0; }
  async send(method, params = []) {
    for (let n = 0; n < this.urls.length; n++) {
      const url = this.urls[(this.i + n) % this.urls.length];
      try {
        const r = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ jsonrpc: '2.0', id: Date.now(), method, params }) });
        const j = await r.json();
        if (!j.error) return j.result;
      } catch (e) { this.emit('error-url', url, e); }
    }
    throw new Error('all providers failed');
  }
}
module.exports = { FallbackProvider };
