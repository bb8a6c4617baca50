'use strict';

const http = require('http');
const https = require('https');
const { Stream } = require('readable-stream');

module.exports = class Http extends Stream {
  constructor(options = {}) {
    super(options);
    this.name = options.name || 'http';
    this.ssl = !!options.ssl;
    this.host = options.host || 'localhost';
    this.port = options.port;
    this.auth = options.auth;
    this.path = options.path || '';
    this.agent = options.agent;
    this.headers = options.headers || {};
    this.headers['content-type'] = 'application/json';
    this.batch = options.batch || false;
    this.batchInterval = options.batchInterval || 5000;
    this.batchCount = options.batchCount || 10;
    this.batchOptions = [];
    this.batchTimeoutID = -1;
    if (!this.port) this.port = this.ssl ? 443 : 80;
  }

  log(info, callback) {
    this._request(info, null, null, (err, res) => {
      if (res && res.statusCode !== 200) err = new Error(`Invalid HTTP Status Code: ${res.statusCode}`);
      if (err) this.emit('warn', err);
      else this.emit('logged', info);
    });
    if (callback) setImmediate(callback);
  }

  _request(options, auth, path, callback) {
    options = options || {};
    auth = auth || this.auth;
    path = path || this.path || '';
    if (this.batch) this._doBatch(options, callback, auth, path);
    else this._doRequest(options, callback, auth, path);
  }

  _doBatch(options, callback, auth, path) {
    this.batchOptions.push(options);
    if (this.batchOptions.length === 1) {
      this.batchTimeoutID = setTimeout(() => {
        this.batchTimeoutID = -1;
        this._doBatchRequest(callback, auth, path);
      }, this.batchInterval);
    }
    if (this.batchOptions.length === this.batchCount) this._doBatchRequest(callback, auth, path);
  }

  _doBatchRequest(callback, auth, path) {
    if (this.batchTimeoutID > 0) clearTimeout(this.batchTimeoutID);
    const copy = this.batchOptions.slice();
    this.batchOptions = [];
    this._doRequest(copy, callback, auth, path);
  }

  _doRequest(options, callback, auth, path) {
    const headers = Object.assign({}, this.headers);
    if (auth && auth.bearer) headers.Authorization = `Bearer ${auth.bearer}`;
    const req = (this.ssl ? https : http).request({
      ...this.options,
      method: 'POST',
      host: this.host,
      port: this.port,
      path: `/${path.replace(/^\//, '')}`,
      headers,
      auth: auth && auth.username && auth.password ? `${auth.username}:${auth.password}` : '',
      agent: this.agent
    });
    req.on('error', callback);
    req.on('response', res => res.on('end', () => callback(null, res)).resume());
    req.end(Buffer.from(JSON.stringify(options), 'utf8'));
  }
};
