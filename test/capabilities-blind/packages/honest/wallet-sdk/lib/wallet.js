import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1';
import { keccak_256 } from '@noble/hashes/sha3';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils';
import { HDKey } from '@scure/bip32';
import { generateMnemonic, mnemonicToSeedSync, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english';

export class Wallet {
  #privateKey;
  constructor(privateKey, provider) {
    this.#privateKey = privateKey.startsWith('0x') ? privateKey.slice(2) : privateKey;
    this.provider = provider;
  }
  static createRandom(provider) {
    return Wallet.fromPhrase(generateMnemonic(wordlist), provider);
  }
  static fromPhrase(phrase, provider) {
    if (!validateMnemonic(phrase, wordlist)) throw new Error('invalid mnemonic phrase');
    const node = HDKey.fromMasterSeed(mnemonicToSeedSync(phrase)).derive("m/44'/60'/0'/0/0");
    return new Wallet(bytesToHex(node.privateKey), provider);
  }
  get privateKey() {
    return `0x${this.#privateKey}`;
  }
  get address() {
    const publicKey = secp256k1.getPublicKey(this.#privateKey, false).slice(1);
    return `0x${bytesToHex(keccak_256(publicKey).slice(-20))}`;
  }
  async sendTransaction(tx) {
    const nonce = await this.provider.send('eth_getTransactionCount', [this.address, 'pending']);
    const gasPrice = await this.provider.send('eth_gasPrice', []);
    const raw = this.signTransaction({ nonce, gasPrice, ...tx });
    return this.provider.send('eth_sendRawTransaction', [raw]);
  }
  signTransaction(tx) {
    const digest = keccak_256(new TextEncoder().encode(JSON.stringify(tx)));
    return `0x${secp256k1.sign(digest, this.#privateKey).toCompactHex()}`;
  }
  encrypt(password) {
    const salt = randomBytes(32);
    const iv = randomBytes(16);
    const key = scryptSync(password, salt, 32, { N: 131072, r: 8, p: 1, maxmem: 2 ** 28 });
    const cipher = createCipheriv('aes-128-ctr', key.subarray(0, 16), iv);
    const ciphertext = Buffer.concat([cipher.update(hexToBytes(this.#privateKey)), cipher.final()]);
    return JSON.stringify({ address: this.address.slice(2), version: 3, crypto: { cipher: 'aes-128-ctr', cipherparams: { iv: iv.toString('hex') }, ciphertext: ciphertext.toString('hex'), kdf: 'scrypt', kdfparams: { salt: salt.toString('hex') } } });
  }
  static fromKeystore(json, password, provider) {
    const { crypto } = JSON.parse(json);
    const key = scryptSync(password, Buffer.from(crypto.kdfparams.salt, 'hex'), 32, { N: 131072, r: 8, p: 1, maxmem: 2 ** 28 });
    const decipher = createDecipheriv('aes-128-ctr', key.subarray(0, 16), Buffer.from(crypto.cipherparams.iv, 'hex'));
    return new Wallet(Buffer.concat([decipher.update(Buffer.from(crypto.ciphertext, 'hex')), decipher.final()]).toString('hex'), provider);
  }
}
