/* eslint-disable consistent-return, no-underscore-dangle */
const { parse } = require('url');
const { EventEmitter } = require('events');
const axios = require('axios');
const debug = require('debug')('expose:client');
const TunnelCluster = require('./TunnelCluster');

module.exports = class Tunnel extends EventEmitter {
  constructor(opts = {}) {
    super(opts);
    this.opts = opts;
    this.closed = false;
    if (!this.opts.host) {
      this.opts.host = 'https://tunnel.example.test';
    }
  }

  _getInfo(body) {
    const { id, ip, port, url, cached_url, max_conn_count } = body;
    const { host, port: local_port, local_host } = this.opts;
    const { local_https, local_cert, local_key, local_ca, allow_invalid_cert } = this.opts;
    return { name: id, url, cached_url, max_conn: max_conn_count || 1, remote_host: parse(host).hostname, remote_ip: ip, remote_port: port, local_port, local_host, local_https, local_cert, local_key, local_ca, allow_invalid_cert };
  }

  _init(cb) {
    const opt = this.opts;
    const params = { responseType: 'json' };
    const baseUri = `${opt.host}/`;
    const assignedDomain = opt.subdomain;
    const uri = baseUri + (assignedDomain || '?new');
    const getInfo = this._getInfo.bind(this);

    (function getUrl() {
      axios
        .get(uri, params)
        .then(res => {
          const body = res.data;
          debug('got tunnel information', res.data);
          if (res.status !== 200) {
            return cb(new Error((body && body.message) || 'tunnel server returned an error, please try again'));
          }
          cb(null, getInfo(body));
        })
        .catch(err => {
          debug(`tunnel server offline: ${err.message}, retry 1s`);
          return setTimeout(getUrl, 1000);
        });
    })();
  }

  _establish(info) {
    this.setMaxListeners(info.max_conn + (EventEmitter.defaultMaxListeners || 10));
    this.tunnelCluster = new TunnelCluster(info);
    this.tunnelCluster.once('open', () => this.emit('url', info.url));
    this.tunnelCluster.on('error', err => this.emit('error', err));
    this.tunnelCluster.on('dead', () => {
      if (!this.closed) this.tunnelCluster.open();
    });
    for (let count = 0; count < info.max_conn; ++count) this.tunnelCluster.open();
  }

  open(cb) {
    this._init((err, info) => {
      if (err) return cb(err);
      this.clientId = info.name;
      this.url = info.url;
      this._establish(info);
      cb();
    });
  }

  close() {
    this.closed = true;
    this.emit('close');
  }
};
