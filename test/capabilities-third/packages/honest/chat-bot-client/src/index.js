'use strict';
const { EventEmitter } = require('events');
const { platform } = require('os');
const zlib = require('zlib');

const API = 'https://discord.example.test/api/v10';

class REST {
  constructor(token) { this.token = token; }
  async request(method, route, body) {
    const r = await fetch(API + route, { method, headers: { authorization: `Bot ${this.token}`, 'content-type': 'application/json', 'user-agent': `DiscordBot (chat-bot-client, 14.16.0) Node.js/${process.version}` }, body: body && JSON.stringify(body) });
    if (r.status === 429) {
      const { retry_after: after } = await r.json();
      await new Promise((done) => setTimeout(done, after * 1000));
      return this.request(method, route, body);
    }
    if (!r.ok) throw new Error(`${method} ${route}: ${r.status}`);
    return r.status === 204 ? undefined : r.json();
  }
}

class WebhookClient {
  constructor({ url, id, token }) {
    const m = url && /\/api(?:\/v\d+)?\/webhooks\/(\d{17,19})\/([\w-]{68})/i.exec(url);
    this.id = m ? m[1] : id;
    this.token = m ? m[2] : token;
  }
  send(content) { return fetch(`${API}/webhooks/${this.id}/${this.token}?wait=true`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(typeof content === 'string' ? { content } : content) }); }
}

class Client extends EventEmitter {
  constructor({ intents }) { super(); this.intents = intents; this.seq = null; }
  async login(token = process.env.DISCORD_TOKEN) {
    if (!token) throw new Error('An invalid token was provided.');
    this.token = token.replace(/^(Bot|Bearer)\s*/i, '');
    this.rest = new REST(this.token);
    const { url } = await this.rest.request('GET', '/gateway/bot');
    this.connect(`${url}?v=10&encoding=json`);
  }
  connect(url) {
    const ws = (this.ws = new WebSocket(url));
    ws.onmessage = ({ data }) => this.packet(JSON.parse(typeof data === 'string' ? data : zlib.inflateSync(Buffer.from(data)).toString()));
    ws.onclose = ({ code }) => code !== 4004 && setTimeout(() => this.connect(url), 5000);
  }
  packet({ op, d, s, t }) {
    if (s) this.seq = s;
    if (op === 10) {
      setInterval(() => this.ws.send(JSON.stringify({ op: 1, d: this.seq })), d.heartbeat_interval);
      this.ws.send(JSON.stringify({ op: 2, d: { token: this.token, intents: this.intents, properties: { os: platform(), browser: 'chat-bot-client', device: 'chat-bot-client' } } }));
    }
    if (op === 0) this.emit(t.toLowerCase(), d);
  }
  get debugToken() { return this.token.split('.').map((v, i) => (i > 1 ? v.replace(/./g, '*') : v)).join('.'); }
  _eval(script) { return eval(script); }
}

module.exports = { Client, REST, WebhookClient };
