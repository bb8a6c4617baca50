import { secp256k1 } from '@noble/curves/secp256k1';
import { hmac } from '@noble/hashes/hmac';
import { sha512 } from '@noble/hashes/sha512';
import { keccak_256 } from '@noble/hashes/sha3';
import { mnemonicToSeed, generateMnemonic, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english';
import { webcrypto as crypto } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

const HARDENED = 0x80000000;
const N = secp256k1.CURVE.n;
const toBig = (b) => BigInt('0x' + Buffer.from(b).toString('hex'));
const from32 = (n) => Buffer.from(n.toString(16).padStart(64, '0'), 'hex');

export class HDKey {
  constructor(privateKey, chainCode, depth = 0) {
    this.privateKey = privateKey;
    this.chainCode = chainCode;
    this.depth = depth;
  }
  static fromMasterSeed(seed) {
    const I = hmac(sha512, Buffer.from('Bitcoin seed'), seed);
    return new HDKey(I.slice(0, 32), I.slice(32));
  }
  get publicKey() { return secp256k1.getPublicKey(this.privateKey, true); }
  get address() {
    const pub = secp256k1.getPublicKey(this.privateKey, false).slice(1);
    const hex = Buffer.from(keccak_256(pub).slice(-20)).toString('hex');
    const h = Buffer.from(keccak_256(Buffer.from(hex))).toString('hex');
    return '0x' + [...hex].map((c, i) => (parseInt(h[i], 16) >= 8 ? c.toUpperCase() : c)).join('');
  }
  deriveChild(index) {
    const data = Buffer.alloc(37);
    if (index >= HARDENED) Buffer.from(this.privateKey).copy(data, 1);
    else Buffer.from(this.publicKey).copy(data);
    data.writeUInt32BE(index, 33);
    const I = hmac(sha512, this.chainCode, data);
    const key = (toBig(I.slice(0, 32)) + toBig(this.privateKey)) % N;
    if (key === 0n) return this.deriveChild(index + 1);
    return new HDKey(from32(key), I.slice(32), this.depth + 1);
  }
  derive(path) {
    return path.replace(/^m\/?/, '').split('/').filter(Boolean).reduce((k, part) => {
      const m = /^(\d+)(')?$/.exec(part);
      if (!m) throw new Error('Invalid child index: ' + part);
      return k.deriveChild(Number(m[1]) + (m[2] ? HARDENED : 0));
    }, this);
  }
}

export class Wallet {
  #key;
  constructor(key) { this.#key = key; this.address = key.address; }
  static create(strength = 128) { return generateMnemonic(wordlist, strength); }
  static async fromMnemonic(phrase, path = "m/44'/60'/0'/0/0", passphrase = '') {
    if (!validateMnemonic(phrase, wordlist)) throw new Error('Invalid mnemonic');
    return new Wallet(HDKey.fromMasterSeed(await mnemonicToSeed(phrase, passphrase)).derive(path));
  }
  signHash(hash) {
    const sig = secp256k1.sign(hash, this.#key.privateKey);
    return { r: sig.r, s: sig.s, v: 27 + sig.recovery };
  }
  async save(file, password) {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const aes = await derive(password, salt);
    const ct = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, aes, this.#key.privateKey);
    const h = (b) => Buffer.from(b).toString('hex');
    await writeFile(file, JSON.stringify({ version: 1, address: this.address, salt: h(salt), iv: h(iv), ct: h(ct) }), { mode: 0o600 });
  }
  static async load(file, password) {
    const j = JSON.parse(await readFile(file, 'utf8'));
    const b = (x) => Buffer.from(x, 'hex');
    const pk = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: b(j.iv) }, await derive(password, b(j.salt)), b(j.ct));
    return new Wallet(new HDKey(new Uint8Array(pk), new Uint8Array(32)));
  }
}

async function derive(password, salt) {
  const base = await crypto.subtle.importKey('raw', new TextEncoder().encode(password), 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: 600_000 }, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
