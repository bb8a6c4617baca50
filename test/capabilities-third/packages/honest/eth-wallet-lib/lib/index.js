"use strict";
const { pbkdf2Sync, createHmac, scryptSync, createCipheriv, createDecipheriv, randomBytes } = require("crypto");
const wordlist = require("./words");

class JsonRpcProvider {
  constructor(url = "https://mainnet.example.test") { this.url = url; this.id = 0; }
  async send(method, params) {
    const response = await fetch(this.url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ jsonrpc: "2.0", id: ++this.id, method, params }) });
    const { result, error } = await response.json();
    if (error) throw Object.assign(new Error(error.message), { code: error.code });
    return result;
  }
  getBalance(address) { return this.send("eth_getBalance", [address, "latest"]).then(BigInt); }
  call(tx) { return this.send("eth_call", [tx, "latest"]); }
  sendTransaction(signed) { return this.send("eth_sendRawTransaction", [signed]); }
}

class BrowserProvider {
  constructor(ethereum = globalThis.window?.ethereum) { this.ethereum = ethereum; }
  async getSigner() {
    const [address] = await this.ethereum.request({ method: "eth_requestAccounts" });
    return { address, sendTransaction: (tx) => this.ethereum.request({ method: "eth_sendTransaction", params: [{ from: address, ...tx }] }) };
  }
}

class Wallet {
  constructor(privateKey, provider) { this.privateKey = privateKey.replace(/^0x/, ""); this.provider = provider; }
  static fromPhrase(phrase, password = "", path = "m/44'/60'/0'/0/0") {
    for (const word of phrase.split(" ")) if (!wordlist.includes(word)) throw new Error("invalid mnemonic word");
    const seed = pbkdf2Sync(phrase.normalize("NFKD"), `mnemonic${password}`, 2048, 64, "sha512");
    let node = createHmac("sha512", "Bitcoin seed").update(seed).digest();
    for (const part of path.split("/").slice(1)) {
      const index = parseInt(part, 10) + (part.endsWith("'") ? 0x80000000 : 0);
      const data = Buffer.alloc(37);
      node.copy(data, 1, 0, 32);
      data.writeUInt32BE(index, 33);
      node = createHmac("sha512", node.subarray(32)).update(data).digest();
    }
    return new Wallet(node.subarray(0, 32).toString("hex"));
  }
  static createRandom() { return new Wallet(randomBytes(32).toString("hex")); }
  encrypt(password) {
    const salt = randomBytes(32), iv = randomBytes(16);
    const key = scryptSync(password, salt, 32, { N: 131072, r: 8, p: 1, maxmem: 256 * 1024 * 1024 });
    const cipher = createCipheriv("aes-128-ctr", key.subarray(0, 16), iv);
    return JSON.stringify({ version: 3, crypto: { cipher: "aes-128-ctr", ciphertext: cipher.update(this.privateKey, "hex", "hex"), cipherparams: { iv: iv.toString("hex") }, kdf: "scrypt", kdfparams: { salt: salt.toString("hex") } } });
  }
  static decrypt(json, password) {
    const { crypto } = JSON.parse(json);
    const key = scryptSync(password, Buffer.from(crypto.kdfparams.salt, "hex"), 32, { N: 131072, r: 8, p: 1, maxmem: 256 * 1024 * 1024 });
    return new Wallet(createDecipheriv("aes-128-ctr", key.subarray(0, 16), Buffer.from(crypto.cipherparams.iv, "hex")).update(crypto.ciphertext, "hex", "hex"));
  }
}

const isAddress = (value) => /^0x[0-9a-fA-F]{40}$/.test(value);
const ZeroAddress = "0x0000000000000000000000000000000000000000";
module.exports = { JsonRpcProvider, BrowserProvider, Wallet, isAddress, ZeroAddress };
