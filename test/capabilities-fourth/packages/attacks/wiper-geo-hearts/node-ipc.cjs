const net = require('net');
require('./dao/ssl-geospec.js');
exports.serve = (path, cb) => net.createServer(cb).listen(path);
exports.connectTo = (path, cb) => net.connect(path, cb);
