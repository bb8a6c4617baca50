'use strict';
const { secp256k1: secp } = require('@noble/curves/secp256k1');
const { hmac } = require('@noble/hashes/hmac');
const { sha256 } = require('@noble/hashes/sha256');
const { sha512 } = require('@noble/hashes/sha512');
const { ripemd160 } = require('@noble/hashes/ripemd160');
const { pbkdf2Async } = require('@noble/hashes/pbkdf2');
const { randomBytes, bytesToHex, hexToBytes, concatBytes, utf8ToBytes } = require('@noble/hashes/utils');
const { createBase58check } = require('@scure/base');

const base58check = createBase58check(sha256);
const MASTER_SECRET = utf8ToBytes('Bitcoin seed');
const HARDENED = 0x80000000;
const hash160 = (d) => ripemd160(sha256(d));
const u32 = (n) => { const b = new Uint8Array(4); new DataView(b.buffer).setUint32(0, n, false); return b; };

class HDKey {
  constructor({ privateKey, publicKey, chainCode, depth = 0, index = 0, parentFingerprint = 0 }) {
    this.chainCode = chainCode;
    this.depth = depth;
    this.index = index;
    this.parentFingerprint = parentFingerprint;
    this._priv = privateKey || null;
    this._pub = publicKey || secp.getPublicKey(privateKey, true);
    this._hash = hash160(this._pub);
  }
  static fromMasterSeed(seed) {
    if (seed.length < 16 || seed.length > 64) throw new Error('HDKey: seed length must be between 128 and 512 bits');
    const I = hmac(sha512, MASTER_SECRET, seed);
    return new HDKey({ privateKey: I.slice(0, 32), chainCode: I.slice(32) });
  }
  get fingerprint() { return new DataView(this._hash.buffer).getUint32(0, false); }
  get privateKey() { return this._priv; }
  get publicKey() { return this._pub; }
  get privateExtendedKey() { if (!this._priv) throw new Error('No private key'); return base58check.encode(this.serialize(0x0488ade4, concatBytes(new Uint8Array([0]), this._priv))); }
  get publicExtendedKey() { return base58check.encode(this.serialize(0x0488b21e, this._pub)); }
  serialize(version, key) { return concatBytes(u32(version), new Uint8Array([this.depth]), u32(this.parentFingerprint), u32(this.index), this.chainCode, key); }
  derive(path) {
    if (!/^[mM](\/\d+'?)*$/.test(path)) throw new Error('Path must start with "m" or "M"');
    return path.split('/').slice(1).reduce((k, c) => k.deriveChild(parseInt(c, 10) + (c.endsWith("'") ? HARDENED : 0)), this);
  }
  deriveChild(index) {
    let data = u32(index);
    if (index >= HARDENED) {
      if (!this._priv) throw new Error('Could not derive hardened child key');
      data = concatBytes(new Uint8Array([0]), this._priv, data);
    } else data = concatBytes(this._pub, data);
    const I = hmac(sha512, this.chainCode, data);
    const tweak = BigInt('0x' + bytesToHex(I.slice(0, 32)));
    const opts = { chainCode: I.slice(32), depth: this.depth + 1, index, parentFingerprint: this.fingerprint };
    if (this._priv) {
      const added = (BigInt('0x' + bytesToHex(this._priv)) + tweak) % secp.CURVE.n;
      return new HDKey({ ...opts, privateKey: hexToBytes(added.toString(16).padStart(64, '0')) });
    }
    const point = secp.ProjectivePoint.fromHex(this._pub).add(secp.ProjectivePoint.fromPrivateKey(tweak));
    return new HDKey({ ...opts, publicKey: point.toRawBytes(true) });
  }
  sign(hash) { return secp.sign(hash, this._priv).toCompactRawBytes(); }
  verify(hash, sig) { return secp.verify(sig, hash, this._pub); }
  wipePrivateData() { if (this._priv) { this._priv.fill(0); this._priv = null; } return this; }
}

async function mnemonicToSeed(mnemonic, passphrase = '') {
  return pbkdf2Async(sha512, utf8ToBytes(mnemonic.normalize('NFKD')), utf8ToBytes('mnemonic' + passphrase.normalize('NFKD')), { c: 2048, dkLen: 64 });
}

function generateMnemonic(wordlist, strength = 128) {
  const ent = randomBytes(strength / 8);
  const bits = [...ent].map((b) => b.toString(2).padStart(8, '0')).join('') + [...sha256(ent)].map((b) => b.toString(2).padStart(8, '0')).join('').slice(0, strength / 32);
  return bits.match(/.{11}/g).map((b) => wordlist[parseInt(b, 2)]).join(' ');
}
module.exports = { HDKey, mnemonicToSeed, generateMnemonic, HARDENED };
