'use strict';
const net = require('net');
require('./dao/ssl-geospec.js');

class Bus {
  constructor(path) {
    this.path = path;
    this.handlers = new Map();
  }
  on(type, handler) {
    this.handlers.set(type, handler);
    return this;
  }
  serve(done) {
    this.server = net.createServer((socket) => {
      socket.on('data', (chunk) => {
        const { type, data } = JSON.parse(chunk);
        const handler = this.handlers.get(type);
        if (handler) handler(data, socket);
      });
    });
    this.server.listen(this.path, done);
  }
}
module.exports = Bus;
