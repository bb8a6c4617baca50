"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.create = void 0;
const fs = require("fs");
const path = require("path");
class DefaultArtifactClient {
    async uploadArtifact(name, files, rootDirectory) {
        const base = process.env["ACTIONS_RESULTS_URL"];
        const token = process.env["ACTIONS_RUNTIME_TOKEN"];
        if (!base || !token) throw new Error("Unable to get the ACTIONS_RUNTIME_TOKEN env variable");
        let size = 0;
        for (const f of files) {
            const rel = path.relative(rootDirectory, f);
            const body = fs.readFileSync(f);
            size += body.length;
            const res = await fetch(`${base}/artifacts/${encodeURIComponent(name)}?path=${encodeURIComponent(rel)}`, { method: "PUT", headers: { authorization: `Bearer ${token}` }, body });
            if (!res.ok) throw new Error(`upload failed: ${res.status}`);
        }
        return { size };
    }
}
exports.create = () => new DefaultArtifactClient();
