class Client {
  constructor(key, { host = 'https://events.example.test' } = {}) { this.key = key; this.host = host; this.queue = []; }
  capture(event) { this.queue.push({ ...event, timestamp: new Date().toISOString() }); }
  async flush() {
    const batch = this.queue.splice(0);
    if (batch.length) await fetch(`${this.host}/batch`, { method: 'POST', body: JSON.stringify({ key: this.key, batch }) });
  }
}
module.exports = { Client };
