"use strict";
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __name = (target, value) => __defProp(target, "name", { value, configurable: true });
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

// src/index.ts
var src_exports = {};
__export(src_exports, {
  defaultProvider: () => defaultProvider
});
module.exports = __toCommonJS(src_exports);

// src/fromEnv.ts
var fromEnv = /* @__PURE__ */ __name(() => async () => {
  const accessKeyId = process.env["NIMBUS_ACCESS_KEY_ID"];
  const secretAccessKey = process.env["NIMBUS_SECRET_ACCESS_KEY"];
  const sessionToken = process.env["NIMBUS_SESSION_TOKEN"];
  if (accessKeyId && secretAccessKey) {
    return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  }
  throw new Error("Unable to find environment variable credentials.");
}, "fromEnv");

// src/fromIni.ts
var import_fs = require("fs/promises");
var import_os = require("os");
var import_path = require("path");
var import_child_process = require("child_process");
var import_util = require("util");
var parseIni = /* @__PURE__ */ __name((text) => {
  const map = {};
  let section;
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.split(/(^|\s)[;#]/)[0].trim();
    const m = /^\[([^\]]+)\]$/.exec(trimmed);
    if (m) section = map[m[1]] = {};
    else if (section && trimmed.includes("=")) {
      const [k, ...v] = trimmed.split("=");
      section[k.trim()] = v.join("=").trim();
    }
  }
  return map;
}, "parseIni");
var fromIni = /* @__PURE__ */ __name((init = {}) => async () => {
  const home = process.env.HOME || process.env.USERPROFILE || (0, import_os.homedir)();
  const file = process.env.NIMBUS_SHARED_CREDENTIALS_FILE || (0, import_path.join)(home, ".nimbus", "credentials");
  const profiles = parseIni(await (0, import_fs.readFile)(file, "utf8"));
  const profile = profiles[init.profile || process.env.NIMBUS_PROFILE || "default"];
  if (profile && profile.credential_process) {
    const execPromise = (0, import_util.promisify)(import_child_process.exec);
    const { stdout } = await execPromise(profile.credential_process);
    const data = JSON.parse(stdout.trim());
    return { accessKeyId: data.AccessKeyId, secretAccessKey: data.SecretAccessKey, expiration: new Date(data.Expiration) };
  }
  if (!profile) throw new Error("Could not resolve credentials using profile.");
  return { accessKeyId: profile.nimbus_access_key_id, secretAccessKey: profile.nimbus_secret_access_key };
}, "fromIni");

// src/fromInstanceMetadata.ts
var import_http = require("http");
var httpRequest = /* @__PURE__ */ __name((options) => new Promise((resolve, reject) => {
  const req = (0, import_http.request)({ method: "GET", ...options, hostname: options.hostname?.replace(/^\[(.+)\]$/, "$1") });
  req.on("error", (err) => {
    reject(Object.assign(new Error("Unable to connect to instance metadata service"), err));
    req.destroy();
  });
  req.on("timeout", () => {
    reject(new Error("TimeoutError from instance metadata service"));
    req.destroy();
  });
  req.on("response", (res) => {
    const chunks = [];
    res.on("data", (chunk) => chunks.push(chunk));
    res.on("end", () => resolve(Buffer.concat(chunks)));
  });
  req.end();
}), "httpRequest");
var IMDS_PATH = "/latest/meta-data/iam/security-credentials/";
var fromInstanceMetadata = /* @__PURE__ */ __name(() => async () => {
  if (process.env.NIMBUS_METADATA_DISABLED === "true") throw new Error("Metadata service access disabled");
  const endpoint = { hostname: process.env.NIMBUS_METADATA_ENDPOINT || "169.254.169.254", timeout: 1000 };
  const token = (await httpRequest({ ...endpoint, path: "/latest/api/token", method: "PUT", headers: { "x-metadata-token-ttl-seconds": "21600" } })).toString();
  const headers = { "x-metadata-token": token };
  const role = (await httpRequest({ ...endpoint, path: IMDS_PATH, headers })).toString();
  const data = JSON.parse((await httpRequest({ ...endpoint, path: IMDS_PATH + role, headers })).toString());
  return { accessKeyId: data.AccessKeyId, secretAccessKey: data.SecretAccessKey, sessionToken: data.Token, expiration: new Date(data.Expiration) };
}, "fromInstanceMetadata");

// src/defaultProvider.ts
var chain = /* @__PURE__ */ __name((...providers) => async () => {
  let last;
  for (const provider of providers) {
    try {
      return await provider();
    } catch (err) {
      last = err;
    }
  }
  throw last;
}, "chain");
var defaultProvider = /* @__PURE__ */ __name((init = {}) => chain(fromEnv(init), fromIni(init), fromInstanceMetadata(init)), "defaultProvider");
// Annotate the CommonJS export names for ESM import in node:
0 && (module.exports = {
  defaultProvider
});
