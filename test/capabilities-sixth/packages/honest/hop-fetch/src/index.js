import { setTimeout as delay } from 'node:timers/promises';

export class HTTPError extends Error {
	constructor(response) {
		super(`Request failed with status code ${response.status}`);
		this.name = 'HTTPError';
		this.response = response;
	}
}

const defaults = {
	retry: { limit: 2, methods: ['GET', 'PUT', 'HEAD', 'DELETE', 'OPTIONS'], statusCodes: [408, 413, 429, 500, 502, 503, 504] },
	timeout: 10_000,
	hooks: { beforeRequest: [], afterResponse: [] },
};

const mergeHeaders = (...sources) => {
	const out = new Headers();
	for (const s of sources) for (const [k, v] of new Headers(s ?? {})) v === 'undefined' ? out.delete(k) : out.set(k, v);
	return out;
};

class Hop {
	constructor(options) { this.options = { ...defaults, ...options, retry: { ...defaults.retry, ...options.retry }, hooks: { ...defaults.hooks, ...options.hooks } }; }

	async request(input, init = {}) {
		const { prefixUrl, searchParams, json, retry, timeout, hooks } = { ...this.options, ...init };
		const url = new URL(prefixUrl ? `${String(prefixUrl).replace(/\/$/, '')}/${String(input).replace(/^\//, '')}` : input);
		if (searchParams) url.search = new URLSearchParams(searchParams).toString();
		const headers = mergeHeaders(this.options.headers, init.headers);
		let body = init.body;
		if (json !== undefined) {
			body = JSON.stringify(json);
			if (!headers.has('content-type')) headers.set('content-type', 'application/json');
		}
		if (url.username) {
			headers.set('authorization', 'Basic ' + Buffer.from(`${url.username}:${url.password}`).toString('base64'));
			url.username = url.password = '';
		}
		const method = (init.method ?? 'GET').toUpperCase();
		for (let attempt = 0; ; attempt++) {
			try {
				let request = new Request(url, { ...init, method, headers, body, signal: AbortSignal.timeout(timeout) });
				for (const hook of hooks.beforeRequest) request = (await hook(request, this.options)) ?? request;
				let response = await fetch(request);
				for (const hook of hooks.afterResponse) response = (await hook(request, response)) ?? response;
				if (response.ok) return response;
				throw new HTTPError(response);
			} catch (error) {
				const status = error.response?.status;
				const can = attempt < retry.limit && retry.methods.includes(method) && (!status || retry.statusCodes.includes(status));
				if (!can) throw error;
				const after = Number(error.response?.headers.get('retry-after'));
				await delay(after ? after * 1000 : 0.3 * 2 ** attempt * 1000);
			}
		}
	}
}

const create = (options = {}) => {
	const client = new Hop(options);
	const hop = (input, init) => client.request(input, init);
	for (const method of ['get', 'post', 'put', 'patch', 'head', 'delete']) hop[method] = (input, init) => client.request(input, { ...init, method });
	hop.json = async (input, init) => (await client.request(input, init)).json();
	hop.extend = (more) => create({ ...options, ...more });
	return hop;
};

export default create();
export { create };
