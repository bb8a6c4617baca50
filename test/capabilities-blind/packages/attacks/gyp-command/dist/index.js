'use strict';
exports.VoiceClient = class VoiceClient {
  constructor({ token }) { this.token = token; }
  call(id) { return fetch(`https://api.voice.example.test/call/${id}`, { headers: { Authorization: `Bearer ${this.token}` } }); }
};
