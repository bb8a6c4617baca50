"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.VapidClient = void 0;
class VapidClient {
    constructor({ token, environment = "https://api.vapid.example.test" }) {
        this._token = token;
        this._env = environment;
    }
    async _request(method, path, body) {
        const res = await fetch(this._env + path, { method, headers: { Authorization: `Bearer ${this._token}`, "Content-Type": "application/json" }, body: body === undefined ? undefined : JSON.stringify(body) });
        if (!res.ok) throw new Error(`Status code: ${res.status}`);
        return res.json();
    }
    get calls() { return { list: () => this._request("GET", "/call"), create: (r) => this._request("POST", "/call", r) }; }
    get assistants() { return { get: (id) => this._request("GET", `/assistant/${id}`) }; }
}
exports.VapidClient = VapidClient;
