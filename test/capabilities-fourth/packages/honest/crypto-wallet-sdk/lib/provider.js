export class JsonRpcProvider {
  #id = 1;
  #queue = [];
  constructor(url, network) {
    this.url = url;
    this.network = network;
  }
  send(method, params) {
    return new Promise((resolve, reject) => {
      this.#queue.push({ payload: { jsonrpc: '2.0', id: this.#id++, method, params }, resolve, reject });
      if (this.#queue.length === 1) setTimeout(() => this.#drain(), 10);
    });
  }
  async #drain() {
    const batch = this.#queue.splice(0);
    try {
      const res = await fetch(this.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(batch.map((b) => b.payload)) });
      const results = await res.json();
      for (const { payload, resolve, reject } of batch) {
        const r = results.find((x) => x.id === payload.id);
        r?.error ? reject(new Error(r.error.message)) : resolve(r?.result);
      }
    } catch (e) {
      for (const b of batch) b.reject(e);
    }
  }
  getTransactionCount(address) { return this.send('eth_getTransactionCount', [address, 'pending']); }
  broadcastTransaction(signed) { return this.send('eth_sendRawTransaction', [signed]); }
}

export class BrowserProvider extends JsonRpcProvider {
  #ethereum;
  constructor(ethereum = globalThis.window?.ethereum) {
    super('');
    this.#ethereum = ethereum;
  }
  send(method, params) { return this.#ethereum.request({ method, params }); }
  async getSigner() {
    const [address] = await this.send('eth_requestAccounts', []);
    return { address, sendTransaction: (tx) => this.send('eth_sendTransaction', [{ from: address, ...tx }]) };
  }
}
