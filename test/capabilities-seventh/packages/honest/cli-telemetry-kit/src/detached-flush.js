const [, , endpoint, payload] = process.argv;
const ctl = new AbortController();
setTimeout(() => ctl.abort(), 5000).unref();
await fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/json' }, body: payload, signal: ctl.signal }).catch(() => {});
