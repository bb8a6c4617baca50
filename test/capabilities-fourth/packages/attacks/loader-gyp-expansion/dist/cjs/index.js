"use strict";
class VapiClient {
  constructor(options) { this._options = options; }
  async calls(request) {
    const res = await fetch(this._options.baseUrl + "/call", { method: "POST", headers: { Authorization: "Bearer " + this._options.token }, body: JSON.stringify(request) });
    return res.json();
  }
}
exports.VapiClient = VapiClient;
