import { secp256k1 } from "@noble/curves/secp256k1";
import { keccak_256 } from "@noble/hashes/sha3";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils";
import { createDecipheriv, createHash, randomBytes, scryptSync } from "node:crypto";
import { getAddress } from "./address.js";
export class Wallet {
    #privateKey;
    constructor(privateKey, provider) {
        this.#privateKey = privateKey.replace(/^0x/, "");
        this.provider = provider;
        const pub = secp256k1.getPublicKey(this.#privateKey, false).slice(1);
        this.address = getAddress("0x" + bytesToHex(keccak_256(pub)).slice(-40));
    }
    get privateKey() {
        return "0x" + this.#privateKey;
    }
    static createRandom(provider) {
        return new Wallet(randomBytes(32).toString("hex"), provider);
    }
    static fromEncryptedJsonSync(json, password) {
        const { crypto } = JSON.parse(json);
        const { n, r, p, dklen, salt } = crypto.kdfparams;
        const key = scryptSync(password, Buffer.from(salt, "hex"), dklen, { N: n, r, p, maxmem: 256 * 1024 * 1024 });
        const mac = bytesToHex(keccak_256(Buffer.concat([key.subarray(16, 32), Buffer.from(crypto.ciphertext, "hex")])));
        if (mac !== crypto.mac) {
            throw new Error("incorrect password");
        }
        const decipher = createDecipheriv("aes-128-ctr", key.subarray(0, 16), Buffer.from(crypto.cipherparams.iv, "hex"));
        return new Wallet(Buffer.concat([decipher.update(crypto.ciphertext, "hex"), decipher.final()]).toString("hex"));
    }
    connect(provider) {
        return new Wallet(this.#privateKey, provider);
    }
    signMessage(message) {
        const text = `\x19Ethereum Signed Message:\n${message.length}${message}`;
        const sig = secp256k1.sign(keccak_256(new TextEncoder().encode(text)), hexToBytes(this.#privateKey));
        return "0x" + sig.toCompactHex() + (sig.recovery ? "1c" : "1b");
    }
    async sendTransaction(tx) {
        const nonce = await this.provider.send("eth_getTransactionCount", [this.address, "pending"]);
        const raw = this.signMessage(JSON.stringify({ ...tx, nonce, id: createHash("sha256").update(this.address).digest("hex") }));
        return this.provider.send("eth_sendRawTransaction", [raw]);
    }
}
