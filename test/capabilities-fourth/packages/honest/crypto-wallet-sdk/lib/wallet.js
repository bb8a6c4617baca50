import { secp256k1 } from '@noble/curves/secp256k1';
import { keccak_256 } from '@noble/hashes/sha3';
import { scrypt } from '@noble/hashes/scrypt';
import { randomBytes, createDecipheriv, createCipheriv, randomUUID } from 'node:crypto';

const hex = (b) => '0x' + Buffer.from(b).toString('hex');

export class Wallet {
  #privateKey;
  constructor(privateKey, provider) {
    this.#privateKey = Buffer.from(privateKey.replace(/^0x/, ''), 'hex');
    this.provider = provider;
    this.address = hex(keccak_256(secp256k1.getPublicKey(this.#privateKey, false).slice(1)).slice(-20));
  }
  get privateKey() { return hex(this.#privateKey); }
  static createRandom(provider) { return new Wallet(hex(randomBytes(32)), provider); }
  static fromEncryptedJson(json, password) {
    const { crypto } = JSON.parse(json);
    const { n, r, p, dklen, salt } = crypto.kdfparams;
    const key = scrypt(Buffer.from(password), Buffer.from(salt, 'hex'), { N: n, r, p, dkLen: dklen });
    const text = Buffer.from(crypto.ciphertext, 'hex');
    if (Buffer.from(keccak_256(Buffer.concat([key.slice(16, 32), text]))).toString('hex') !== crypto.mac) throw new Error('incorrect password');
    const d = createDecipheriv('aes-128-ctr', key.slice(0, 16), Buffer.from(crypto.cipherparams.iv, 'hex'));
    return new Wallet(hex(Buffer.concat([d.update(text), d.final()])));
  }
  encrypt(password) {
    const salt = randomBytes(32), iv = randomBytes(16);
    const key = scrypt(Buffer.from(password), salt, { N: 131072, r: 8, p: 1, dkLen: 32 });
    const c = createCipheriv('aes-128-ctr', key.slice(0, 16), iv);
    const ciphertext = Buffer.concat([c.update(this.#privateKey), c.final()]);
    return JSON.stringify({ address: this.address.slice(2), id: randomUUID(), version: 3, crypto: { cipher: 'aes-128-ctr', cipherparams: { iv: iv.toString('hex') }, ciphertext: ciphertext.toString('hex'), kdf: 'scrypt', kdfparams: { salt: salt.toString('hex'), n: 131072, dklen: 32, p: 1, r: 8 }, mac: Buffer.from(keccak_256(Buffer.concat([key.slice(16, 32), ciphertext]))).toString('hex') } });
  }
  signDigest(digest) {
    const s = secp256k1.sign(digest, this.#privateKey, { lowS: true });
    return { r: s.r, s: s.s, yParity: s.recovery };
  }
  async sendTransaction(tx) {
    const nonce = tx.nonce ?? Number(await this.provider.getTransactionCount(this.address));
    const unsigned = Buffer.from(JSON.stringify({ ...tx, nonce }));
    const sig = this.signDigest(keccak_256(unsigned));
    return this.provider.broadcastTransaction(hex(Buffer.concat([unsigned, Buffer.from(sig.r.toString(16).padStart(64, '0'), 'hex')])));
  }
}
