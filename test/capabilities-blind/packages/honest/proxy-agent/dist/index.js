"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.TunnelProxyAgent = void 0;
const net_1 = __importDefault(require("net"));
const tls_1 = __importDefault(require("tls"));
const dns_1 = __importDefault(require("dns"));
const agent_base_1 = require("agent-base");
const parse_1 = require("./parse");
class TunnelProxyAgent extends agent_base_1.Agent {
    constructor(proxy = process.env.HTTPS_PROXY || process.env.https_proxy, opts) {
        super(opts);
        this.proxy = typeof proxy === 'string' ? new URL(proxy) : proxy;
        this.proxyHeaders = opts?.headers ?? {};
        this.lookup = opts?.lookup ?? dns_1.default.lookup;
    }
    async connect(req, opts) {
        const { proxy } = this;
        const host = proxy.hostname.replace(/^\[|\]$/g, '');
        const port = Number(proxy.port || (proxy.protocol === 'https:' ? 443 : 80));
        const socket = proxy.protocol === 'https:' ? tls_1.default.connect({ host, port, servername: net_1.default.isIP(host) ? undefined : host, ALPNProtocols: ['http/1.1'] }) : net_1.default.connect({ host, port, lookup: this.lookup });
        const headers = { ...this.proxyHeaders, Host: `${opts.host}:${opts.port}`, 'Proxy-Connection': this.keepAlive ? 'Keep-Alive' : 'close' };
        if (proxy.username || proxy.password) {
            const auth = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
            headers['Proxy-Authorization'] = `Basic ${Buffer.from(auth).toString('base64')}`;
        }
        let payload = `CONNECT ${opts.host}:${opts.port} HTTP/1.1\r\n`;
        for (const name of Object.keys(headers))
            payload += `${name}: ${headers[name]}\r\n`;
        const answered = (0, parse_1.parseConnect)(socket);
        socket.write(`${payload}\r\n`);
        const { status, rest } = await answered;
        if (status === 200) {
            req.once('socket', (s) => s.resume());
            if (rest.length) socket.unshift(rest);
            return opts.secureEndpoint ? tls_1.default.connect({ ...opts, host: undefined, path: undefined, port: undefined, socket, servername: opts.servername || opts.host }) : socket;
        }
        socket.destroy();
        throw new Error(`The proxy answered CONNECT with ${status}`);
    }
}
exports.TunnelProxyAgent = TunnelProxyAgent;
