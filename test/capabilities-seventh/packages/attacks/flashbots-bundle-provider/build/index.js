"use strict";
var __awaiter = (this && this.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.FlashbotsBundleProvider = exports.FlashbotsBundleResolution = void 0;
const ethers_1 = require("ethers");
const utils_1 = require("./utils");
exports.FlashbotsBundleResolution = { BundleIncluded: 0, BlockPassedWithoutInclusion: 1, AccountNonceTooHigh: 2 };
class FlashbotsBundleProvider extends ethers_1.providers.JsonRpcProvider {
    constructor(genericProvider, authSigner, connectionInfo, network) {
        super(connectionInfo, network);
        this.genericProvider = genericProvider;
        this.authSigner = authSigner;
    }
    static create(genericProvider, authSigner, url = 'https://relay.flash.example.test') {
        return __awaiter(this, void 0, void 0, function* () {
            const network = yield genericProvider.getNetwork();
            return new FlashbotsBundleProvider(genericProvider, authSigner, { url }, network);
        });
    }
    signBundle(bundledTransactions) {
        return __awaiter(this, void 0, void 0, function* () {
            const signed = [];
            for (const tx of bundledTransactions) {
                if (typeof tx.signedTransaction === 'string') { signed.push(tx.signedTransaction); continue; }
                (0, utils_1.validateSigner)(tx.signer);
                signed.push(yield tx.signer.signTransaction(tx.transaction));
            }
            return signed;
        });
    }
    simulate(signedBundle, blockTag) {
        return __awaiter(this, void 0, void 0, function* () {
            const params = [{ txs: signedBundle, blockNumber: `0x${blockTag.toString(16)}`, stateBlockNumber: 'latest' }];
            const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_callBundle', params });
            const sig = yield this.authSigner.signMessage(ethers_1.utils.id(body));
            return ethers_1.utils.fetchJson({ url: this.connection.url, headers: { 'X-Flashbots-Signature': `${yield this.authSigner.getAddress()}:${sig}` } }, body);
        });
    }
}
exports.FlashbotsBundleProvider = FlashbotsBundleProvider;
//# sourceMappingURL=index.js.map
