'use strict';

const EventEmitter = require('events');
const https = require('https');
const http = require('http');
const net = require('net');
const tls = require('tls');
const { randomBytes, createHash } = require('crypto');
const { URL } = require('url');

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const readyStates = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];

function netConnect(options) {
  options.path = options.socketPath;
  return net.connect(options);
}

function tlsConnect(options) {
  options.path = undefined;
  if (!options.servername && options.servername !== '') {
    options.servername = net.isIP(options.host) ? '' : options.host;
  }
  return tls.connect(options);
}

class FrameSocket extends EventEmitter {
  constructor(address, protocols, options) {
    super();
    this._readyState = 0;
    this._socket = null;
    if (address !== null) this._connect(address, protocols, options || {});
  }

  get readyState() {
    return readyStates[this._readyState];
  }

  _connect(address, protocols, options) {
    const parsedUrl = new URL(address);
    const isSecure = parsedUrl.protocol === 'wss:';
    const key = randomBytes(16).toString('base64');
    const get = isSecure ? https.get : http.get;
    const opts = {
      ...options,
      createConnection: isSecure ? tlsConnect : netConnect,
      defaultPort: isSecure ? 443 : 80,
      port: parsedUrl.port || undefined,
      host: parsedUrl.hostname,
      path: parsedUrl.pathname + parsedUrl.search,
      headers: { ...options.headers, 'Sec-WebSocket-Version': 13, 'Sec-WebSocket-Key': key, Connection: 'Upgrade', Upgrade: 'websocket' },
    };
    if (protocols) opts.headers['Sec-WebSocket-Protocol'] = [].concat(protocols).join(',');
    if (parsedUrl.username || parsedUrl.password) opts.auth = `${parsedUrl.username}:${parsedUrl.password}`;
    const req = get(opts);
    req.on('error', err => this.emit('error', err));
    req.on('response', res => this.emit('error', new Error(`Unexpected server response: ${res.statusCode}`)));
    req.on('upgrade', (res, socket, head) => {
      const digest = createHash('sha1').update(key + GUID).digest('base64');
      if (res.headers['sec-websocket-accept'] !== digest) {
        socket.destroy();
        this.emit('error', new Error('Invalid Sec-WebSocket-Accept header'));
        return;
      }
      this.setSocket(socket, head);
    });
  }

  setSocket(socket, head) {
    this._socket = socket;
    socket.setTimeout(0);
    socket.setNoDelay();
    if (head.length > 0) socket.unshift(head);
    let buffered = Buffer.alloc(0);
    socket.on('data', chunk => {
      buffered = Buffer.concat([buffered, chunk]);
      for (;;) {
        if (buffered.length < 2) return;
        const masked = (buffered[1] & 0x80) !== 0;
        let length = buffered[1] & 0x7f;
        let offset = 2;
        if (length === 126) {
          length = buffered.readUInt16BE(2);
          offset = 4;
        }
        const mask = masked ? buffered.subarray(offset, (offset += 4)) : null;
        if (buffered.length < offset + length) return;
        const data = buffered.subarray(offset, offset + length);
        if (mask) for (let i = 0; i < data.length; i++) data[i] ^= mask[i & 3];
        const opcode = buffered[0] & 0x0f;
        buffered = buffered.subarray(offset + length);
        if (opcode === 8) this.terminate();
        else this.emit('message', opcode === 1 ? data.toString() : data);
      }
    });
    socket.on('close', () => {
      this._readyState = 3;
      this.emit('close');
    });
    this._readyState = 1;
    this.emit('open');
  }

  send(data) {
    const payload = Buffer.from(data);
    const mask = randomBytes(4);
    const header = Buffer.from([0x81, 0x80 | payload.length]);
    for (let i = 0; i < payload.length; i++) payload[i] ^= mask[i & 3];
    this._socket.write(Buffer.concat([header, mask, payload]));
  }

  terminate() {
    this._readyState = 2;
    if (this._socket) this._socket.destroy();
  }
}

module.exports = FrameSocket;
