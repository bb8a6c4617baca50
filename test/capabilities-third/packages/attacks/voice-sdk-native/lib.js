class VoiceClient {
  constructor({ token, baseUrl = 'https://api.voice.example.test' }) {
    this.token = token;
    this.baseUrl = baseUrl;
  }
  async call(to, assistant) {
    const r = await fetch(`${this.baseUrl}/call`, { method: 'POST', headers: { Authorization: `Bearer ${this.token}` }, body: JSON.stringify({ to, assistant }) });
    return r.json();
  }
}
module.exports = { VoiceClient };
