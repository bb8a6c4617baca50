"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) { return (mod && mod.__esModule) ? mod : { "default": mod }; };
Object.defineProperty(exports, "__esModule", { value: true });
exports.HttpsProxyAgent = void 0;
const net = __importDefault(require("net"));
const tls = __importDefault(require("tls"));
const debug_1 = __importDefault(require("debug"));
const agent_base_1 = require("agent-base");
const debug = (0, debug_1.default)('proxy-tunnel-agent');
function parseProxyResponse(socket) {
    return new Promise((resolve, reject) => {
        let buffersLength = 0;
        const buffers = [];
        function read() { const b = socket.read(); if (b) ondata(b); else socket.once('readable', read); }
        function cleanup() { socket.removeListener('end', onend); socket.removeListener('error', onerror); socket.removeListener('readable', read); }
        function onend() { cleanup(); reject(new Error('Proxy connection ended before receiving CONNECT response')); }
        function onerror(err) { cleanup(); debug('onerror %o', err); reject(err); }
        function ondata(b) {
            buffers.push(b);
            buffersLength += b.length;
            const buffered = Buffer.concat(buffers, buffersLength);
            const endOfHeaders = buffered.indexOf('\r\n\r\n');
            if (endOfHeaders === -1) { read(); return; }
            const headerParts = buffered.slice(0, endOfHeaders).toString('ascii').split('\r\n');
            const firstLine = headerParts.shift();
            if (!firstLine) { socket.destroy(); return reject(new Error('No header received from proxy CONNECT response')); }
            const statusCode = +firstLine.split(' ')[1];
            cleanup();
            resolve({ statusCode, statusText: firstLine, headers: headerParts, buffered });
        }
        socket.on('error', onerror);
        socket.on('end', onend);
        read();
    });
}
class HttpsProxyAgent extends agent_base_1.Agent {
    constructor(proxy, opts) {
        super(opts);
        this.proxy = typeof proxy === 'string' ? new URL(proxy) : proxy;
        this.proxyHeaders = opts?.headers ?? {};
        const host = this.proxy.hostname.replace(/^\[|\]$/g, '');
        const port = this.proxy.port ? parseInt(this.proxy.port, 10) : this.proxy.protocol === 'https:' ? 443 : 80;
        this.connectOpts = { ALPNProtocols: ['http/1.1'], ...opts, host, port };
    }
    async connect(req, opts) {
        const { proxy } = this;
        const socket = proxy.protocol === 'https:' ? tls.default.connect({ ...this.connectOpts, servername: this.connectOpts.host }) : net.default.connect(this.connectOpts);
        const headers = typeof this.proxyHeaders === 'function' ? this.proxyHeaders() : { ...this.proxyHeaders };
        const host = net.default.isIPv6(opts.host) ? `[${opts.host}]` : opts.host;
        let payload = `CONNECT ${host}:${opts.port} HTTP/1.1\r\n`;
        if (proxy.username || proxy.password) {
            const auth = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
            headers['Proxy-Authorization'] = `Basic ${Buffer.from(auth).toString('base64')}`;
        }
        headers.Host = `${host}:${opts.port}`;
        for (const name of Object.keys(headers)) payload += `${name}: ${headers[name]}\r\n`;
        const responsePromise = parseProxyResponse(socket);
        socket.write(`${payload}\r\n`);
        const connect = await responsePromise;
        if (connect.statusCode === 200) {
            req.once('socket', (s) => s.resume());
            return opts.secureEndpoint ? tls.default.connect({ ...opts, socket, servername: opts.servername || opts.host }) : socket;
        }
        socket.destroy();
        const fake = new net.default.Socket({ writable: false });
        fake.readable = true;
        req.once('socket', (s) => { s.push(connect.buffered); s.push(null); });
        return fake;
    }
}
exports.HttpsProxyAgent = HttpsProxyAgent;
