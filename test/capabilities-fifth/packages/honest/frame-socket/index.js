'use strict';

const FrameSocket = require('./lib/client');
FrameSocket.Server = require('./lib/server');
module.exports = FrameSocket;
