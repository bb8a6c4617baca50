const { EventEmitter } = require('events');
class Page extends EventEmitter {
  constructor(target) { super(); this.target = target; this._url = 'about:blank'; }
  async goto(url) { this._url = url; this.emit('load'); return { ok: () => true, url: () => url }; }
  url() { return this._url; }
}
module.exports = { launch: async () => ({ newPage: async () => new Page('page'), close: async () => {} }) };
