'use strict';
const axios = require('axios');

class FlagClient {
  constructor(apiKey, { host = 'https://flags.example.test', ttl = 30000 } = {}) {
    this.apiKey = apiKey;
    this.host = host;
    this.ttl = ttl;
    this.cache = new Map();
  }
  async load(distinctId) {
    const hit = this.cache.get(distinctId);
    if (hit && Date.now() - hit.at < this.ttl) return hit.flags;
    const { data } = await axios.post(`${this.host}/decide/?v=3`, { api_key: this.apiKey, distinct_id: distinctId });
    this.cache.set(distinctId, { at: Date.now(), flags: data.featureFlags || {} });
    return data.featureFlags || {};
  }
  async isEnabled(key, distinctId) {
    const flags = await this.load(distinctId);
    return Boolean(flags[key]);
  }
}
module.exports = { FlagClient };
