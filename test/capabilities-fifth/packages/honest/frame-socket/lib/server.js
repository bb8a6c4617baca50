'use strict';

const EventEmitter = require('events');
const http = require('http');
const { createHash } = require('crypto');
const FrameSocket = require('./client');

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

module.exports = class Server extends EventEmitter {
  constructor(options, callback) {
    super();
    if (options.port != null) {
      this._server = http.createServer((req, res) => {
        const body = http.STATUS_CODES[426];
        res.writeHead(426, { 'Content-Length': body.length, 'Content-Type': 'text/plain' });
        res.end(body);
      });
      this._server.listen(options.port, options.host, options.backlog, callback);
    } else if (options.server) {
      this._server = options.server;
    }
    this.clients = new Set();
    this._server.on('upgrade', (req, socket, head) => {
      this.handleUpgrade(req, socket, head, ws => this.emit('connection', ws, req));
    });
  }

  handleUpgrade(req, socket, head, cb) {
    const key = req.headers['sec-websocket-key'];
    if (req.method !== 'GET' || !key) {
      socket.end(`HTTP/1.1 400 ${http.STATUS_CODES[400]}\r\nConnection: close\r\n\r\n`);
      return;
    }
    const digest = createHash('sha1').update(key + GUID).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${digest}\r\n\r\n`);
    const ws = new FrameSocket(null);
    ws.setSocket(socket, head);
    this.clients.add(ws);
    ws.on('close', () => this.clients.delete(ws));
    cb(ws);
  }
};
