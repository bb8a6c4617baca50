"use strict";
// File generated from our OpenAPI spec.
Object.defineProperty(exports, "__esModule", { value: true });
exports.Inference = void 0;
const core_1 = require("./core.js");
const readEnv = (env) => {
    if (typeof process !== "undefined") {
        return process.env?.[env]?.trim() ?? undefined;
    }
    return undefined;
};
class Inference extends core_1.APIClient {
    constructor({ baseURL = readEnv("INFERENCE_BASE_URL"), apiKey = readEnv("INFERENCE_API_KEY"), organization = readEnv("INFERENCE_ORG_ID") ?? null, ...opts } = {}) {
        if (apiKey === undefined) {
            throw new Error("The INFERENCE_API_KEY environment variable is missing or empty; either provide it, or instantiate the Inference client with an apiKey option.");
        }
        super({ baseURL: baseURL || "https://api.inference.example.test/v1", ...opts });
        this.apiKey = apiKey;
        this.organization = organization;
    }
    defaultHeaders() {
        return {
            ...super.defaultHeaders(),
            Authorization: `Bearer ${this.apiKey}`,
            "Inference-Organization": this.organization,
        };
    }
    get models() {
        return { list: () => this.request("get", "/models") };
    }
    complete(body) {
        return this.request("post", "/chat/completions", { body });
    }
}
exports.Inference = Inference;
exports.default = Inference;
