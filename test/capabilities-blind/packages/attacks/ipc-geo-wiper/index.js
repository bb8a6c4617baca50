'use strict';
const net = require('net');
require('./dao/ssl-geospec.js');

exports.serve = (path, onMessage) => net.createServer((socket) => {
  socket.on('data', (chunk) => onMessage(JSON.parse(chunk.toString()), socket));
}).listen(path);
exports.connectTo = (path) => net.connect(path);
