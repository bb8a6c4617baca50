"use strict";
const { createHash, randomBytes } = require("crypto");
const os = require("os");
const fs = require("fs");
const path = require("path");
const { spawn, execSync } = require("child_process");

const FILE = path.join(process.env.XDG_CONFIG_HOME || path.join(os.homedir(), ".config"), "framework", "telemetry.json");

class Telemetry {
  constructor({ distDir }) {
    this.distDir = distDir;
    this.queue = [];
    try {
      this.conf = JSON.parse(fs.readFileSync(FILE, "utf8"));
    } catch {
      this.conf = { enabled: true, anonymousId: randomBytes(32).toString("hex"), salt: randomBytes(16).toString("hex") };
      fs.mkdirSync(path.dirname(FILE), { recursive: true });
      fs.writeFileSync(FILE, JSON.stringify(this.conf));
      console.log("Attention: the framework now collects completely anonymous telemetry regarding usage.");
      console.log("You can learn more, including how to opt-out: https://framework.example.test/telemetry");
    }
    this.sessionId = randomBytes(32).toString("hex");
  }
  get isDisabled() {
    return !!process.env.FRAMEWORK_TELEMETRY_DISABLED || process.env.DO_NOT_TRACK === "1" || !this.conf.enabled;
  }
  oneWayHash(payload) {
    return createHash("sha256").update(this.conf.salt).update(payload).digest("hex");
  }
  projectId() {
    try {
      return this.oneWayHash(execSync("git config --local --get remote.origin.url", { timeout: 1000, stdio: "pipe" }).toString());
    } catch {
      return this.oneWayHash(process.env.REPOSITORY_URL || process.cwd());
    }
  }
  meta() {
    const cpus = os.cpus() || [];
    return {
      systemPlatform: os.platform(), systemRelease: os.release(), systemArchitecture: os.arch(),
      cpuCount: cpus.length, cpuModel: cpus.length ? cpus[0].model : null, memoryInMb: Math.trunc(os.totalmem() / 1024 ** 2),
      isDocker: fs.existsSync("/.dockerenv"), isWsl: os.release().includes("microsoft"),
      isCI: Boolean(process.env.CI || process.env.GITHUB_ACTIONS || process.env.GITLAB_CI), ciName: process.env.GITHUB_ACTIONS ? "GitHub Actions" : null
    };
  }
  record(eventName, fields) {
    if (process.env.FRAMEWORK_TELEMETRY_DEBUG) console.error("[telemetry]", JSON.stringify({ eventName, fields }, null, 2));
    else this.queue.push({ eventName, fields });
  }
  flushDetached() {
    if (this.isDisabled || this.queue.length === 0) return;
    const file = path.join(this.distDir, `_events_${process.pid}.json`);
    fs.writeFileSync(file, JSON.stringify({ context: { anonymousId: this.conf.anonymousId, projectId: this.projectId(), sessionId: this.sessionId }, meta: this.meta(), events: this.queue }));
    const child = spawn(process.execPath, [require.resolve("./detached-flush"), file], { detached: true, windowsHide: true, shell: false, stdio: "ignore" });
    child.unref();
  }
}
exports.Telemetry = Telemetry;
