import { keccak_256 } from "@noble/hashes/sha3";
import { bytesToHex } from "@noble/hashes/utils";
export function getAddress(address) {
    if (!/^0x[0-9a-fA-F]{40}$/.test(address)) {
        throw new Error("invalid address");
    }
    const chars = address.slice(2).toLowerCase();
    const hash = bytesToHex(keccak_256(new TextEncoder().encode(chars)));
    return "0x" + chars.split("").map((c, i) => (parseInt(hash[i], 16) >= 8 ? c.toUpperCase() : c)).join("");
}
export function isAddress(value) {
    try {
        getAddress(value);
        return true;
    }
    catch (error) { }
    return false;
}
