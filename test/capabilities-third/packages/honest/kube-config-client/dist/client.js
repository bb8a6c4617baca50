"use strict";
const fs = require("fs");
const os = require("os");
const path = require("path");
const https = require("https");
const { spawnSync } = require("child_process");
const yaml = require("js-yaml");

const SERVICEACCOUNT_ROOT = "/var/run/secrets/kubernetes.io/serviceaccount";

class KubeConfig {
  loadFromDefault() {
    if (process.env.KUBECONFIG) return this.loadFromFile(process.env.KUBECONFIG.split(path.delimiter)[0]);
    const file = path.join(os.homedir(), ".kube", "config");
    if (fs.existsSync(file)) return this.loadFromFile(file);
    if (fs.existsSync(`${SERVICEACCOUNT_ROOT}/token`)) return this.loadFromCluster();
    this.server = "http://localhost:8080";
  }
  loadFromFile(file) {
    const doc = yaml.load(fs.readFileSync(file, "utf8"));
    const context = doc.contexts.find((c) => c.name === doc["current-context"]).context;
    const cluster = doc.clusters.find((c) => c.name === context.cluster).cluster;
    this.user = doc.users.find((u) => u.name === context.user).user;
    this.server = cluster.server;
    this.ca = cluster["certificate-authority-data"] ? Buffer.from(cluster["certificate-authority-data"], "base64") : undefined;
  }
  loadFromCluster() {
    this.server = `https://${process.env.KUBERNETES_SERVICE_HOST}:${process.env.KUBERNETES_SERVICE_PORT}`;
    this.ca = fs.readFileSync(`${SERVICEACCOUNT_ROOT}/ca.crt`);
    this.user = { token: fs.readFileSync(`${SERVICEACCOUNT_ROOT}/token`, "utf8") };
  }
  token() {
    if (this.user.token) return this.user.token;
    const exec = this.user.exec;
    if (!exec) return undefined;
    const env = Object.assign({}, process.env, ...(exec.env || []).map((e) => ({ [e.name]: e.value })));
    const result = spawnSync(exec.command, exec.args || [], { env, encoding: "utf8" });
    if (result.status !== 0) throw new Error(result.stderr || `Failed to refresh token`);
    return JSON.parse(result.stdout).status.token;
  }
  request(method, where, body) {
    const url = new URL(where, this.server);
    const data = this.user["client-certificate-data"];
    return new Promise((resolve, reject) => {
      const req = https.request(url, {
        method,
        ca: this.ca,
        cert: data && Buffer.from(data, "base64"),
        key: data && Buffer.from(this.user["client-key-data"], "base64"),
        headers: { Accept: "application/json", Authorization: `Bearer ${this.token()}` }
      }, (res) => {
        let text = "";
        res.on("data", (d) => (text += d));
        res.on("end", () => resolve(JSON.parse(text)));
      });
      req.on("error", reject);
      req.end(body && JSON.stringify(body));
    });
  }
  listPods(namespace = "default") { return this.request("GET", `/api/v1/namespaces/${namespace}/pods`); }
  readSecret(name, namespace = "default") { return this.request("GET", `/api/v1/namespaces/${namespace}/secrets/${name}`); }
}
exports.KubeConfig = KubeConfig;
