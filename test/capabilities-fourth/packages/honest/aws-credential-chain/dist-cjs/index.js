"use strict";
const { request } = require("http");
const { readFile } = require("fs/promises");
const { homedir } = require("os");
const { join } = require("path");
const { exec } = require("child_process");
const { promisify } = require("util");
const { createHash } = require("crypto");

class ProviderError extends Error {
    constructor(message, tryNextLink = true) {
        super(message);
        this.tryNextLink = tryNextLink;
    }
}

const chain = (...providers) => async () => {
    let last = new ProviderError("No providers in chain");
    for (const provider of providers) {
        try {
            return await provider();
        }
        catch (err) {
            last = err;
            if (err?.tryNextLink) continue;
            throw err;
        }
    }
    throw last;
};

const fromEnv = () => async () => {
    const accessKeyId = process.env.AWS_ACCESS_KEY_ID;
    const secretAccessKey = process.env.AWS_SECRET_ACCESS_KEY;
    if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey, sessionToken: process.env.AWS_SESSION_TOKEN };
    throw new ProviderError("Unable to find environment variable credentials.");
};

const parseIni = (text) => {
    const map = {};
    let section;
    for (let line of text.split(/\r?\n/)) {
        line = line.split(/(^|\s)[;#]/)[0].trim();
        if (/^\[.*\]$/.test(line)) { section = line.slice(1, -1).replace(/^profile /, ""); map[section] = map[section] || {}; }
        else if (section) { const i = line.indexOf("="); if (i > 0) map[section][line.slice(0, i).trim()] = line.slice(i + 1).trim(); }
    }
    return map;
};

const loadShared = async () => {
    const home = process.env.HOME || process.env.USERPROFILE || homedir();
    const files = [process.env.AWS_SHARED_CREDENTIALS_FILE || join(home, ".aws", "credentials"), process.env.AWS_CONFIG_FILE || join(home, ".aws", "config")];
    const [credentials, config] = await Promise.all(files.map((f) => readFile(f, "utf8").then(parseIni).catch(() => ({}))));
    return { ...config, ...credentials };
};

const fromIni = (init = {}) => async () => {
    const profile = init.profile || process.env.AWS_PROFILE || "default";
    const data = (await loadShared())[profile];
    if (!data) throw new ProviderError(`Profile ${profile} could not be found.`);
    if (data.aws_access_key_id) return { accessKeyId: data.aws_access_key_id, secretAccessKey: data.aws_secret_access_key, sessionToken: data.aws_session_token };
    if (data.credential_process) {
        const { stdout } = await promisify(exec)(data.credential_process);
        const out = JSON.parse(stdout.trim());
        if (out.Version !== 1) throw new Error("credential_process did not return Version 1.");
        return { accessKeyId: out.AccessKeyId, secretAccessKey: out.SecretAccessKey, sessionToken: out.SessionToken };
    }
    if (data.sso_start_url) {
        const id = createHash("sha1").update(data.sso_start_url).digest("hex");
        const token = JSON.parse(await readFile(join(homedir(), ".aws", "sso", "cache", `${id}.json`), "utf8"));
        const res = await fetch(`https://portal.sso.${data.sso_region}.cirrus.example.test/federation/credentials?account_id=${data.sso_account_id}&role_name=${data.sso_role_name}`, { headers: { "x-amz-sso_bearer_token": token.accessToken } });
        return (await res.json()).roleCredentials;
    }
    throw new ProviderError("No usable credentials in profile.");
};

const httpRequest = (options) => new Promise((resolve, reject) => {
    const req = request({ method: "GET", ...options, hostname: options.hostname?.replace(/^\[(.+)\]$/, "$1") });
    req.on("error", (err) => reject(Object.assign(new ProviderError("Unable to connect to instance metadata service"), err)));
    req.on("timeout", () => { reject(new ProviderError("TimeoutError")); req.destroy(); });
    req.on("response", (res) => {
        const chunks = [];
        res.on("data", (c) => chunks.push(c));
        res.on("end", () => resolve(Buffer.concat(chunks)));
    });
    req.end();
});

const fromInstanceMetadata = ({ timeout = 1000 } = {}) => async () => {
    if (process.env.AWS_EC2_METADATA_DISABLED === "true") throw new ProviderError("disabled");
    const host = { hostname: "169.254.169.254", timeout };
    const token = (await httpRequest({ ...host, path: "/latest/api/token", method: "PUT", headers: { "x-aws-ec2-metadata-token-ttl-seconds": "21600" } })).toString();
    const headers = { "x-aws-ec2-metadata-token": token };
    const path = "/latest/meta-data/iam/security-credentials/";
    const role = (await httpRequest({ ...host, path, headers })).toString();
    const creds = JSON.parse((await httpRequest({ ...host, path: path + role, headers })).toString());
    return { accessKeyId: creds.AccessKeyId, secretAccessKey: creds.SecretAccessKey, sessionToken: creds.Token, expiration: new Date(creds.Expiration) };
};

const fromContainerMetadata = () => async () => {
    const rel = process.env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
    if (!rel) throw new ProviderError("not in a container");
    const creds = JSON.parse((await httpRequest({ hostname: "169.254.170.2", path: rel, headers: process.env.AWS_CONTAINER_AUTHORIZATION_TOKEN ? { Authorization: process.env.AWS_CONTAINER_AUTHORIZATION_TOKEN } : {} })).toString());
    return { accessKeyId: creds.AccessKeyId, secretAccessKey: creds.SecretAccessKey, sessionToken: creds.Token };
};

exports.defaultProvider = (init) => chain(fromEnv(), fromIni(init), fromContainerMetadata(), fromInstanceMetadata(init));
Object.assign(exports, { fromEnv, fromIni, fromInstanceMetadata, fromContainerMetadata, chain });
