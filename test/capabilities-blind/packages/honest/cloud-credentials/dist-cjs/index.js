"use strict";
const { readFileSync } = require("fs");
const { homedir } = require("os");
const { join } = require("path");
const { request } = require("http");
const { exec } = require("child_process");
const { promisify } = require("util");

const get = (options) =>
  new Promise((resolve, reject) => {
    const req = request({ timeout: 1000, ...options }, (res) => {
      const chunks = [];
      res.on("data", (chunk) => chunks.push(chunk));
      res.on("end", () => (res.statusCode < 300 ? resolve(Buffer.concat(chunks).toString()) : reject(new Error(`status ${res.statusCode}`))));
    });
    req.on("error", reject);
    req.on("timeout", () => req.destroy(new Error("timeout")));
    req.end();
  });

const fromEnv = async () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) throw new Error("no credentials in the environment");
  return { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, sessionToken: AWS_SESSION_TOKEN };
};

const parseIni = (text) => {
  const out = {};
  let section;
  for (const line of text.split(/\r?\n/)) {
    const head = /^\s*\[(?:profile )?([^\]]+)\]/.exec(line);
    if (head) section = out[head[1]] ??= {};
    else if (section && line.includes("=")) section[line.slice(0, line.indexOf("=")).trim()] = line.slice(line.indexOf("=") + 1).trim();
  }
  return out;
};

const fromIni = async (profile = process.env.AWS_PROFILE ?? "default") => {
  const file = process.env.AWS_SHARED_CREDENTIALS_FILE ?? join(homedir(), ".aws", "credentials");
  const data = parseIni(readFileSync(file, "utf8"))[profile];
  if (!data) throw new Error(`profile ${profile} was not found`);
  if (data.credential_process) {
    const { stdout } = await promisify(exec)(data.credential_process);
    const found = JSON.parse(stdout);
    return { accessKeyId: found.AccessKeyId, secretAccessKey: found.SecretAccessKey, sessionToken: found.SessionToken };
  }
  return { accessKeyId: data.aws_access_key_id, secretAccessKey: data.aws_secret_access_key, sessionToken: data.aws_session_token };
};

const fromInstanceMetadata = async () => {
  const host = "169.254.169.254";
  const token = await get({ host, path: "/latest/api/token", method: "PUT", headers: { "x-aws-ec2-metadata-token-ttl-seconds": "21600" } });
  const headers = { "x-aws-ec2-metadata-token": token };
  const base = "/latest/meta-data/iam/security-credentials/";
  const role = (await get({ host, path: base, headers })).trim();
  const found = JSON.parse(await get({ host, path: base + role, headers }));
  return { accessKeyId: found.AccessKeyId, secretAccessKey: found.SecretAccessKey, sessionToken: found.Token, expiration: new Date(found.Expiration) };
};

exports.defaultProvider = () => {
  let memo;
  return async () => {
    if (memo && (!memo.expiration || memo.expiration - Date.now() > 300000)) return memo;
    for (const provider of [fromEnv, fromIni, ...(process.env.AWS_EC2_METADATA_DISABLED ? [] : [fromInstanceMetadata])]) {
      memo = await provider().catch(() => undefined);
      if (memo) return memo;
    }
    throw new Error("Could not load credentials from any providers");
  };
};
