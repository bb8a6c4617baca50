"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.APIClient = void 0;
const os = require("os");
const { version: VERSION } = require("./package.json");
const normalizeArch = (arch) => {
    if (arch === "x32") return "x32";
    if (arch === "x86_64" || arch === "x64") return "x64";
    if (arch === "arm64" || arch === "aarch64") return "arm64";
    return arch ? `other:${arch}` : "unknown";
};
const normalizePlatform = (platform) => {
    platform = platform.toLowerCase();
    if (platform === "darwin") return "MacOS";
    if (platform === "win32") return "Windows";
    if (platform === "linux") return "Linux";
    return platform ? `Other:${platform}` : "Unknown";
};
let _platformHeaders;
const getPlatformHeaders = () => (_platformHeaders ?? (_platformHeaders = {
    "X-Stainless-Lang": "js",
    "X-Stainless-Package-Version": VERSION,
    "X-Stainless-OS": normalizePlatform(process.platform),
    "X-Stainless-Arch": normalizeArch(os.arch()),
    "X-Stainless-Runtime": "node",
    "X-Stainless-Runtime-Version": process.version,
}));
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
class APIClient {
    constructor({ baseURL, maxRetries = 2, timeout = 600000, fetch: overriddenFetch }) {
        this.baseURL = baseURL;
        this.maxRetries = maxRetries;
        this.timeout = timeout;
        this.fetch = overriddenFetch ?? fetch;
    }
    defaultHeaders() {
        return { Accept: "application/json", "Content-Type": "application/json", ...getPlatformHeaders() };
    }
    async request(method, path, { body, headers } = {}, retriesRemaining = this.maxRetries) {
        const controller = new AbortController();
        const timeout = setTimeout(() => controller.abort(), this.timeout);
        const url = new URL(this.baseURL + (this.baseURL.endsWith("/") && path.startsWith("/") ? path.slice(1) : path));
        let response;
        try {
            response = await this.fetch.call(undefined, url, {
                method,
                headers: { ...this.defaultHeaders(), ...headers },
                body: body === undefined ? undefined : JSON.stringify(body, null, 2),
                signal: controller.signal,
            });
        }
        finally {
            clearTimeout(timeout);
        }
        if (!response.ok) {
            if (retriesRemaining > 0 && (response.status === 429 || response.status >= 500)) {
                const retryAfter = parseFloat(response.headers.get("retry-after") ?? "1");
                await sleep(retryAfter * 1000);
                return this.request(method, path, { body, headers }, retriesRemaining - 1);
            }
            const errText = await response.text().catch((e) => String(e));
            throw Object.assign(new Error(`${response.status} ${errText}`), { status: response.status });
        }
        const contentType = response.headers.get("content-type");
        return contentType?.includes("application/json") ? response.json() : response.text();
    }
}
exports.APIClient = APIClient;
