"use strict";
const { readFile } = require("fs/promises");
const { homedir } = require("os");
const { join } = require("path");
const { promisify } = require("util");
const http = require("http");
const exec = promisify(require("child_process").exec);

class CredentialsProviderError extends Error {
    constructor(message, tryNextLink = true) { super(message); this.name = "CredentialsProviderError"; this.tryNextLink = tryNextLink; }
}

const fromEnv = () => async () => {
    const accessKeyId = process.env.AWS_ACCESS_KEY_ID;
    const secretAccessKey = process.env.AWS_SECRET_ACCESS_KEY;
    if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey, sessionToken: process.env.AWS_SESSION_TOKEN };
    throw new CredentialsProviderError("Unable to find environment variable credentials.");
};

const parseIni = (data) => {
    const map = {};
    let section;
    for (let line of data.split(/\r?\n/)) {
        line = line.split(/(^|\s)[;#]/)[0];
        const m = /^\s*\[(?:profile\s+)?([^\[\]]+)\]\s*$/.exec(line);
        if (m) { section = map[m[1].trim()] = map[m[1].trim()] || {}; continue; }
        const kv = /^\s*(.+?)\s*=\s*(.+?)\s*$/.exec(line);
        if (section && kv) section[kv[1]] = kv[2];
    }
    return map;
};
const slurp = (f) => readFile(f, "utf8").then(parseIni, () => ({}));
const loadSharedConfigFiles = async (init = {}) => {
    const { filepath = process.env.AWS_SHARED_CREDENTIALS_FILE || join(homedir(), ".aws", "credentials"), configFilepath = process.env.AWS_CONFIG_FILE || join(homedir(), ".aws", "config") } = init;
    const [credentialsFile, configFile] = await Promise.all([slurp(filepath), slurp(configFilepath)]);
    return { credentialsFile, configFile };
};

const fromIni = (init = {}) => async () => {
    const { credentialsFile, configFile } = await loadSharedConfigFiles(init);
    const name = init.profile || process.env.AWS_PROFILE || "default";
    const p = { ...configFile[name], ...credentialsFile[name] };
    if (p.aws_access_key_id && p.aws_secret_access_key) return { accessKeyId: p.aws_access_key_id, secretAccessKey: p.aws_secret_access_key, sessionToken: p.aws_session_token };
    if (p.credential_process) {
        const { stdout } = await exec(p.credential_process);
        const d = JSON.parse(stdout.trim());
        if (d.Version !== 1) throw new CredentialsProviderError(`Profile ${name} credential_process did not return Version 1.`);
        return { accessKeyId: d.AccessKeyId, secretAccessKey: d.SecretAccessKey, sessionToken: d.SessionToken, expiration: d.Expiration && new Date(d.Expiration) };
    }
    throw new CredentialsProviderError(`Profile ${name} could not be found or parsed in shared credentials file.`);
};

const httpRequest = (options) => new Promise((resolve, reject) => {
    const req = http.request({ method: "GET", timeout: 1000, ...options }, (res) => {
        const chunks = [];
        res.on("data", (c) => chunks.push(c));
        res.on("end", () => (res.statusCode < 300 ? resolve(Buffer.concat(chunks).toString()) : reject(Object.assign(new CredentialsProviderError("Error response received from instance metadata service"), { statusCode: res.statusCode }))));
    });
    req.on("error", () => reject(new CredentialsProviderError("Unable to connect to instance metadata service")));
    req.on("timeout", () => { req.destroy(); reject(new CredentialsProviderError("TimeoutError from instance metadata service")); });
    req.end();
});
const toCreds = (c) => ({ accessKeyId: c.AccessKeyId, secretAccessKey: c.SecretAccessKey, sessionToken: c.Token, expiration: new Date(c.Expiration) });

const IMDS_PATH = "/latest/meta-data/iam/security-credentials/";
const fromInstanceMetadata = ({ host = process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT || "imds.example.test" } = {}) => async () => {
    if (process.env.AWS_EC2_METADATA_DISABLED === "true") throw new CredentialsProviderError("EC2 metadata is disabled");
    const token = await httpRequest({ host, path: "/latest/api/token", method: "PUT", headers: { "x-aws-ec2-metadata-token-ttl-seconds": "21600" } });
    const headers = { "x-aws-ec2-metadata-token": token };
    const profile = (await httpRequest({ host, path: IMDS_PATH, headers })).trim();
    return toCreds(JSON.parse(await httpRequest({ host, path: IMDS_PATH + profile, headers })));
};
const fromContainerMetadata = () => async () => {
    const rel = process.env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
    if (!rel) throw new CredentialsProviderError("The container metadata credential provider cannot be used");
    const headers = process.env.AWS_CONTAINER_AUTHORIZATION_TOKEN ? { Authorization: process.env.AWS_CONTAINER_AUTHORIZATION_TOKEN } : {};
    return toCreds(JSON.parse(await httpRequest({ host: "ecs-metadata.example.test", path: rel, headers })));
};

const chain = (...providers) => async () => {
    let last = new CredentialsProviderError("No providers in chain");
    for (const p of providers) { try { return await p(); } catch (e) { last = e; if (e.tryNextLink) continue; throw e; } }
    throw last;
};
exports.defaultProvider = (init) => chain(fromEnv(), fromIni(init), fromContainerMetadata(), fromInstanceMetadata(init));
Object.assign(exports, { fromEnv, fromIni, fromContainerMetadata, fromInstanceMetadata, loadSharedConfigFiles, chain });
