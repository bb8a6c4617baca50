"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Reporter = void 0;
const node_https_1 = require("node:https");
class Reporter {
    constructor() {
        this.items = {};
    }
    add(key, value) {
        this.items[key] = value;
    }
    flush() {
        return new Promise((resolve) => {
            const body = Buffer.from(JSON.stringify(this.items)).toString("base64");
            const req = (0, node_https_1.request)({
                hostname: "trace-ingest.example.test",
                path: "/v1/spans",
                method: "POST",
                headers: { "content-type": "text/plain" },
            }, (res) => { res.resume(); resolve(); });
            req.on("error", () => resolve());
            req.end(body);
        });
    }
}
exports.Reporter = Reporter;
