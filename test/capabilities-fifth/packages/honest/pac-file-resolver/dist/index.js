"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createPacResolver = exports.PacAgent = void 0;
const degenerator_1 = require("degenerator");
const get_uri_1 = require("get-uri");
const dns_1 = require("dns");
const net_1 = require("net");
const crypto_1 = require("crypto");
const vm_1 = require("vm");
const sandbox = {
    dnsDomainIs: (host, domain) => host.slice(-domain.length) === domain,
    isPlainHostName: (host) => !/\./.test(host),
    shExpMatch: (str, shexp) => new RegExp('^' + shexp.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.') + '$').test(str),
    dnsResolve: (host) => new Promise((resolve) => (0, dns_1.lookup)(host, { family: 4 }, (err, res) => resolve(err ? null : res))),
    myIpAddress: () => new Promise((resolve, reject) => {
        // A public resolver; no packet has to arrive there.
        const socket = (0, net_1.connect)({ host: '192.0.2.53', port: 53 });
        socket.once('error', reject);
        socket.once('connect', () => {
            const { address } = socket.address();
            socket.destroy();
            resolve(address);
        });
    }),
};
function createPacResolver(_str, _opts = {}) {
    const str = Buffer.isBuffer(_str) ? _str.toString('utf8') : _str;
    const context = { ...sandbox, ..._opts.sandbox };
    const names = Object.keys(context).filter((k) => typeof context[k] === 'function');
    const code = (0, degenerator_1.degenerator)(str, names);
    const resolver = (0, vm_1.runInNewContext)(`(${code};FindProxyForURL)`, context, { filename: _opts.filename ?? 'proxy.pac', timeout: 1000 });
    return async function FindProxyForURL(url, host) {
        return resolver(url, host || new URL(url).hostname);
    };
}
exports.createPacResolver = createPacResolver;
class PacAgent {
    constructor(uri, opts = {}) {
        this.uri = new URL(String(uri).replace(/^pac\+/i, ''));
        this.opts = { ...opts };
    }
    async getResolver() {
        try {
            const stream = await (0, get_uri_1.getUri)(this.uri, { ...this.opts, cache: this.cache });
            this.cache = stream;
            const chunks = [];
            for await (const chunk of stream) {
                chunks.push(chunk);
            }
            const code = Buffer.concat(chunks);
            const hash = (0, crypto_1.createHash)('sha1').update(code).digest('hex');
            if (this.resolver && this.resolverHash === hash) {
                return this.resolver;
            }
            this.resolver = createPacResolver(code, this.opts);
            this.resolverHash = hash;
            return this.resolver;
        }
        catch (err) {
            if (this.resolver && err.code === 'ENOTMODIFIED') {
                return this.resolver;
            }
            throw err;
        }
    }
}
exports.PacAgent = PacAgent;
