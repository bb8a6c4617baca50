"use strict";
const { readFile } = require("fs/promises");
const { homedir } = require("os");
const { join } = require("path");
const { request } = require("http");
const { createHmac, createHash } = require("crypto");
const { execFile } = require("child_process");

class CredentialsProviderError extends Error {}

const fromEnv = () => async () => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
  if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey, sessionToken };
  throw new CredentialsProviderError("Unable to find environment variable credentials.");
};

const parseIni = (text) => {
  const map = {};
  let section;
  for (const line of text.split(/\r?\n/)) {
    const head = /^\s*\[([^\]]+)\]\s*$/.exec(line);
    if (head) map[(section = head[1].replace(/^profile\s/, ""))] = {};
    else if (section && line.includes("=")) {
      const at = line.indexOf("=");
      map[section][line.slice(0, at).trim()] = line.slice(at + 1).trim();
    }
  }
  return map;
};

const fromIni = ({ profile = process.env.AWS_PROFILE || "default", filepath = process.env.AWS_SHARED_CREDENTIALS_FILE || join(homedir(), ".aws", "credentials") } = {}) => async () => {
  const data = parseIni(await readFile(filepath, "utf8").catch(() => ""))[profile];
  if (!data) throw new CredentialsProviderError(`Could not resolve credentials using profile: [${profile}]`);
  if (data.credential_process) {
    return new Promise((resolve, reject) => execFile("/bin/sh", ["-c", data.credential_process], (e, out) => {
      if (e) return reject(e);
      const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(out);
      resolve({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken });
    }));
  }
  return { accessKeyId: data.aws_access_key_id, secretAccessKey: data.aws_secret_access_key, sessionToken: data.aws_session_token };
};

const httpRequest = (options) => new Promise((resolve, reject) => {
  const req = request({ method: "GET", timeout: 1000, ...options });
  req.on("error", reject);
  req.on("timeout", () => req.destroy(new CredentialsProviderError("TimeoutError from instance metadata service")));
  req.on("response", (res) => {
    const chunks = [];
    res.on("data", (c) => chunks.push(c));
    res.on("end", () => (res.statusCode < 300 ? resolve(Buffer.concat(chunks).toString()) : reject(new CredentialsProviderError("Error response received from instance metadata service"))));
  });
  req.end();
});

const fromInstanceMetadata = ({ host = "169.254.169.254" } = {}) => async () => {
  const token = await httpRequest({ host, path: "/latest/api/token", method: "PUT", headers: { "x-aws-ec2-metadata-token-ttl-seconds": "21600" } });
  const headers = { "x-aws-ec2-metadata-token": token };
  const profile = (await httpRequest({ host, path: "/latest/meta-data/iam/security-credentials/", headers })).trim();
  const data = JSON.parse(await httpRequest({ host, path: `/latest/meta-data/iam/security-credentials/${profile}`, headers }));
  return { accessKeyId: data.AccessKeyId, secretAccessKey: data.SecretAccessKey, sessionToken: data.Token, expiration: new Date(data.Expiration) };
};

const fromContainerMetadata = () => async () => {
  const relative = process.env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
  if (!relative) throw new CredentialsProviderError("The container metadata credential provider cannot be used");
  const data = JSON.parse(await httpRequest({ hostname: "169.254.170.2", path: relative, headers: { Authorization: process.env.AWS_CONTAINER_AUTHORIZATION_TOKEN } }));
  return { accessKeyId: data.AccessKeyId, secretAccessKey: data.SecretAccessKey, sessionToken: data.Token };
};

const chain = (...providers) => async () => {
  let last;
  for (const provider of providers) {
    try {
      return await provider();
    } catch (err) {
      last = err;
    }
  }
  throw last;
};

const sign = async (provider, { method, host, path, body = "", region, service }) => {
  const { accessKeyId, secretAccessKey, sessionToken } = await provider();
  const date = new Date().toISOString().replace(/[:-]|\.\d{3}/g, "");
  const hmac = (key, data) => createHmac("sha256", key).update(data).digest();
  const scope = `${date.slice(0, 8)}/${region}/${service}/aws4_request`;
  const canonical = [method, path, "", `host:${host}`, `x-amz-date:${date}`, "", "host;x-amz-date", createHash("sha256").update(body).digest("hex")].join("\n");
  const key = ["aws4_request", service, region, date.slice(0, 8)].reduceRight((k, part) => hmac(k, part), `AWS4${secretAccessKey}`);
  const signature = hmac(key, ["AWS4-HMAC-SHA256", date, scope, createHash("sha256").update(canonical).digest("hex")].join("\n")).toString("hex");
  return { host, "x-amz-date": date, "x-amz-security-token": sessionToken, authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}` };
};

const defaultProvider = () => chain(fromEnv(), fromIni(), fromContainerMetadata(), fromInstanceMetadata());
module.exports = { fromEnv, fromIni, fromInstanceMetadata, fromContainerMetadata, defaultProvider, chain, sign };
