"use strict";
class MultiRpcProvider {
  constructor(urls) { this.urls = urls; this.i = 0; }
  async send(method, params = []) {
    let lastErr;
    for (let n = 0; n < this.urls.length; n++) {
      const url = this.urls[(this.i + n) % this.urls.length];
      try {
        const r = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }) });
        const j = await r.json();
        if (j.error) throw new Error(j.error.message);
        this.i = (this.i + n) % this.urls.length;
        return j.result;
      } catch (e) { lastErr = e; }
    }
    throw lastErr;
  }
}
module.exports = { MultiRpcProvider };
