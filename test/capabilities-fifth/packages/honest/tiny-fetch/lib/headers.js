'use strict';

const invalidTokenRegex = /[^^_`a-zA-Z\-0-9!#$%&'*+.|~]/;

class Headers {
	constructor(init) {
		this.map = Object.create(null);
		if (init instanceof Headers) {
			for (const [k, v] of Object.entries(init.map)) this.map[k] = v;
		} else if (init) {
			for (const k of Object.keys(init)) this.set(k, init[k]);
		}
	}
	set(name, value) {
		name = `${name}`;
		if (invalidTokenRegex.test(name) || name === '') throw new TypeError(`${name} is not a legal HTTP header name`);
		this.map[name.toLowerCase()] = `${value}`;
	}
	get(name) {
		const v = this.map[`${name}`.toLowerCase()];
		return v === undefined ? null : v;
	}
	has(name) {
		return this.get(name) !== null;
	}
	delete(name) {
		delete this.map[name.toLowerCase()];
	}
	raw() {
		return Object.assign({}, this.map);
	}
}

exports.Headers = Headers;
