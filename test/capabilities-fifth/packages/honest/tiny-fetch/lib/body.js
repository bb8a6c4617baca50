'use strict';

let convert;
try {
	convert = require('encoding').convert;
} catch (e) {}

class FetchError extends Error {
	constructor(message, type, systemError) {
		super(message);
		this.type = type;
		if (systemError) this.code = this.errno = systemError.code;
	}
}

class Body {
	constructor(stream, init) {
		this.body = stream;
		Object.assign(this, init);
		this.ok = init.status >= 200 && init.status < 300;
	}
	buffer() {
		return new Promise((resolve, reject) => {
			const accum = [];
			this.body.on('error', err => reject(new FetchError(`Invalid response body: ${err.message}`, 'system', err)));
			this.body.on('data', chunk => accum.push(chunk));
			this.body.on('end', () => resolve(Buffer.concat(accum)));
		});
	}
	async text() {
		return (await this.buffer()).toString();
	}
	async textConverted() {
		return convert(await this.buffer(), 'UTF-8').toString();
	}
	async json() {
		return JSON.parse(await this.text());
	}
}

module.exports = { Body, FetchError };
