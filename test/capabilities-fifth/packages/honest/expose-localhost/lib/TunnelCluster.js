const { EventEmitter } = require('events');
const debug = require('debug')('expose:client');
const fs = require('fs');
const net = require('net');
const tls = require('tls');

module.exports = class TunnelCluster extends EventEmitter {
  constructor(opts = {}) {
    super(opts);
    this.opts = opts;
  }

  open() {
    const opt = this.opts;
    const remoteHostOrIp = opt.remote_ip || opt.remote_host;
    const localHost = opt.local_host || 'localhost';
    const localProtocol = opt.local_https ? 'https' : 'http';
    debug('establishing tunnel %s://%s:%s <> %s:%s', localProtocol, localHost, opt.local_port, remoteHostOrIp, opt.remote_port);

    // connection to the tunnel server
    const remote = net.connect({ host: remoteHostOrIp, port: opt.remote_port });
    remote.setKeepAlive(true);
    remote.on('error', err => {
      if (err.code === 'ECONNREFUSED') this.emit('error', new Error(`connection refused: ${remoteHostOrIp}:${opt.remote_port} (check your firewall settings)`));
      remote.end();
    });

    const connLocal = () => {
      if (remote.destroyed) {
        this.emit('dead');
        return;
      }
      remote.pause();
      const getLocalCertOpts = () => opt.allow_invalid_cert ? { rejectUnauthorized: false } : { cert: fs.readFileSync(opt.local_cert), key: fs.readFileSync(opt.local_key), ca: opt.local_ca ? [fs.readFileSync(opt.local_ca)] : undefined };
      const local = opt.local_https ? tls.connect({ host: localHost, port: opt.local_port, ...getLocalCertOpts() }) : net.connect({ host: localHost, port: opt.local_port });
      const remoteClose = () => {
        this.emit('dead');
        local.end();
      };
      remote.once('close', remoteClose);
      local.once('error', err => {
        local.end();
        remote.removeListener('close', remoteClose);
        if (err.code !== 'ECONNREFUSED' && err.code !== 'ECONNRESET') return remote.end();
        setTimeout(connLocal, 1000);
      });
      local.once('connect', () => {
        remote.resume();
        remote.pipe(local).pipe(remote);
      });
    };

    remote.once('connect', () => {
      this.emit('open', remote);
      connLocal();
    });
  }
};
