'use strict';

const Stream = require('stream');
const http = require('http');
const https = require('https');
const zlib = require('zlib');
const { URL } = require('url');
const { Headers } = require('./headers');
const { Body, FetchError } = require('./body');

const redirectStatus = new Set([301, 302, 303, 307, 308]);

function sameOrigin(a, b) {
	return a.protocol === b.protocol && a.host === b.host;
}

function optionsOf(url, opts) {
	const headers = new Headers(opts.headers);
	if (!headers.has('Accept')) headers.set('Accept', '*/*');
	if (!headers.has('User-Agent')) headers.set('User-Agent', 'tiny-fetch/1.0');
	if (opts.compress !== false && !headers.has('Accept-Encoding')) headers.set('Accept-Encoding', 'gzip,deflate');
	if (url.username) {
		const auth = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
		headers.set('Authorization', `Basic ${Buffer.from(auth).toString('base64')}`);
	}
	return {
		protocol: url.protocol,
		hostname: url.hostname,
		port: url.port,
		path: url.pathname + url.search,
		method: (opts.method || 'GET').toUpperCase(),
		headers: headers.raw(),
		agent: typeof opts.agent === 'function' ? opts.agent(url) : opts.agent
	};
}

function fetch(input, opts = {}) {
	return new Promise((resolve, reject) => {
		const url = new URL(input);
		const send = (url.protocol === 'https:' ? https : http).request;
		const req = send(optionsOf(url, opts));
		let timer;

		function finalize() {
			req.abort();
			clearTimeout(timer);
		}

		if (opts.timeout) {
			req.once('socket', () => {
				timer = setTimeout(() => {
					reject(new FetchError(`network timeout at: ${url}`, 'request-timeout'));
					finalize();
				}, opts.timeout);
			});
		}

		req.on('error', err => {
			reject(new FetchError(`request to ${url} failed, reason: ${err.message}`, 'system', err));
			finalize();
		});

		req.on('response', res => {
			clearTimeout(timer);
			const headers = new Headers(res.headers);
			if (redirectStatus.has(res.statusCode)) {
				const location = headers.get('Location');
				const next = location === null ? null : new URL(location, url);
				if (opts.redirect === 'error') {
					reject(new FetchError(`redirect mode is set to error: ${url}`, 'no-redirect'));
					finalize();
					return;
				}
				if (next !== null && opts.redirect !== 'manual') {
					const follow = (opts.follow === undefined ? 20 : opts.follow) - 1;
					if (follow < 0) {
						reject(new FetchError(`maximum redirect reached at: ${url}`, 'max-redirect'));
						finalize();
						return;
					}
					const h = new Headers(opts.headers);
					if (!sameOrigin(url, next)) {
						for (const name of ['authorization', 'www-authenticate', 'cookie', 'cookie2']) h.delete(name);
					}
					resolve(fetch(next.href, Object.assign({}, opts, { headers: h, follow })));
					finalize();
					return;
				}
			}
			let body = res.pipe(new Stream.PassThrough());
			const coding = headers.get('Content-Encoding');
			if (opts.compress !== false && (coding === 'gzip' || coding === 'x-gzip')) {
				body = body.pipe(zlib.createGunzip({ flush: zlib.Z_SYNC_FLUSH, finishFlush: zlib.Z_SYNC_FLUSH }));
			} else if (coding === 'br' && typeof zlib.createBrotliDecompress === 'function') {
				body = body.pipe(zlib.createBrotliDecompress());
			}
			resolve(new Body(body, { url: url.href, status: res.statusCode, statusText: res.statusMessage, headers }));
		});

		if (opts.body instanceof Stream) opts.body.pipe(req);
		else req.end(opts.body);
	});
}

module.exports = exports = fetch;
Object.defineProperty(exports, '__esModule', { value: true });
exports.default = exports;
exports.Headers = Headers;
exports.FetchError = FetchError;
exports.Promise = global.Promise;
