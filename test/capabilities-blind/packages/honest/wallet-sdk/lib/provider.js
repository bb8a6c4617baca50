export class JsonRpcProvider {
  #id = 0;
  constructor(url = 'https://mainnet.rpc.example.test', options = {}) {
    this.url = url;
    this.headers = options.headers ?? {};
  }
  async send(method, params) {
    const response = await fetch(this.url, { method: 'POST', headers: { 'content-type': 'application/json', ...this.headers }, body: JSON.stringify({ jsonrpc: '2.0', id: ++this.#id, method, params }) });
    const { error, result } = await response.json();
    if (error) throw Object.assign(new Error(error.message), { code: error.code });
    return result;
  }
}

export class BrowserProvider {
  constructor(ethereum = globalThis.window?.ethereum) {
    if (!ethereum) throw new Error('no wallet was found in this browser');
    this.ethereum = ethereum;
  }
  send(method, params) {
    return this.ethereum.request({ method, params });
  }
  async getSigner() {
    const [address] = await this.send('eth_requestAccounts', []);
    return { address, sendTransaction: (tx) => this.send('eth_sendTransaction', [{ from: address, ...tx }]), signMessage: (message) => this.send('personal_sign', [message, address]) };
  }
}
