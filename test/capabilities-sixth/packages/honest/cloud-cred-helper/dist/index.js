"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.fromEnv = exports.fromIni = exports.fromInstanceMetadata = exports.chain = void 0;
const fs_1 = require("fs");
const os_1 = require("os");
const path_1 = require("path");
const http_1 = require("http");
const parseIni = (text) => {
    const map = {};
    let section;
    for (const raw of text.split(/\r?\n/)) {
        const line = raw.split(/(^|\s)[;#]/)[0].trim();
        const m = /^\[(?:profile\s+)?([^\]]+)\]$/.exec(line);
        if (m) {
            section = m[1].trim();
            map[section] = map[section] || {};
        }
        else if (section && line.includes("=")) {
            const i = line.indexOf("=");
            map[section][line.slice(0, i).trim()] = line.slice(i + 1).trim();
        }
    }
    return map;
};
const fromEnv = () => async () => {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
    if (accessKeyId && secretAccessKey)
        return { accessKeyId, secretAccessKey, sessionToken };
    throw new Error("Unable to find environment variable credentials.");
};
exports.fromEnv = fromEnv;
const fromIni = ({ profile = process.env.AWS_PROFILE || "default" } = {}) => async () => {
    const file = process.env.AWS_SHARED_CREDENTIALS_FILE || (0, path_1.join)((0, os_1.homedir)(), ".aws", "credentials");
    const data = parseIni(await fs_1.promises.readFile(file, "utf8"))[profile];
    if (!data)
        throw new Error(`Profile ${profile} could not be found in shared credentials file.`);
    return { accessKeyId: data.aws_access_key_id, secretAccessKey: data.aws_secret_access_key, sessionToken: data.aws_session_token };
};
exports.fromIni = fromIni;
const imds = (path, headers = {}, method = "GET") => new Promise((resolve, reject) => {
    const req = (0, http_1.request)({ host: process.env.IMDS_HOST || "192.0.2.254", path, method, headers, timeout: 1000 }, (res) => {
        const chunks = [];
        res.on("data", (c) => chunks.push(c));
        res.on("end", () => (res.statusCode === 200 ? resolve(Buffer.concat(chunks).toString()) : reject(new Error(`IMDS ${res.statusCode}`))));
    });
    req.on("timeout", () => req.destroy(new Error("TimeoutError from instance metadata service")));
    req.on("error", reject);
    req.end();
});
const fromInstanceMetadata = () => async () => {
    const token = await imds("/latest/api/token", { "x-aws-ec2-metadata-token-ttl-seconds": "21600" }, "PUT");
    const headers = { "x-aws-ec2-metadata-token": token };
    const role = (await imds("/latest/meta-data/iam/security-credentials/", headers)).trim();
    const c = JSON.parse(await imds(`/latest/meta-data/iam/security-credentials/${role}`, headers));
    return { accessKeyId: c.AccessKeyId, secretAccessKey: c.SecretAccessKey, sessionToken: c.Token, expiration: new Date(c.Expiration) };
};
exports.fromInstanceMetadata = fromInstanceMetadata;
const chain = (...providers) => async () => {
    let last;
    for (const p of providers) {
        try {
            return await p();
        }
        catch (err) {
            last = err;
        }
    }
    throw last;
};
exports.chain = chain;
