import { randomBytes, createHash } from "node:crypto";
import { isCI } from "ci-info";
import { GlobalConfig } from "./config.js";
import { getProjectInfo } from "./project-info.js";
import { getSystemInfo } from "./system-info.js";
const VALID_TELEMETRY_NOTICE_DATE = "2023-08-25";
const ENDPOINT = process.env.MERIDIAN_TELEMETRY_URL ?? "https://telemetry.meridian.example.test/api/v1/record";
function post(body) {
  return fetch(ENDPOINT, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" }
  });
}
class MeridianTelemetry {
  constructor(opts) {
    this.opts = opts;
    this.config = new GlobalConfig({ name: "meridian" });
  }
  env = process.env;
  get MERIDIAN_TELEMETRY_DISABLED() {
    return this.env.MERIDIAN_TELEMETRY_DISABLED;
  }
  get TELEMETRY_DISABLED() {
    return this.env.TELEMETRY_DISABLED;
  }
  getConfigWithFallback(key, getValue) {
    const currentValue = this.config.get(key);
    if (currentValue !== undefined) return currentValue;
    const newValue = getValue();
    this.config.set(key, newValue);
    return newValue;
  }
  get enabled() {
    return this.getConfigWithFallback("telemetry.enabled", () => true);
  }
  get anonymousId() {
    return this.getConfigWithFallback("telemetry.anonymousId", () => randomBytes(32).toString("hex"));
  }
  get anonymousSessionId() {
    this._session ??= randomBytes(32).toString("hex");
    return this._session;
  }
  get isDisabled() {
    return Boolean(this.MERIDIAN_TELEMETRY_DISABLED || this.TELEMETRY_DISABLED || !this.enabled);
  }
  setEnabled(value) {
    this.config.set("telemetry.enabled", value);
  }
  async notify(callback) {
    if (this.isDisabled || isCI) return;
    if (this.config.get("telemetry.notifiedAt") >= VALID_TELEMETRY_NOTICE_DATE) return;
    if (await callback()) this.config.set("telemetry.notifiedAt", new Date().toISOString());
  }
  async record(event = []) {
    const events = Array.isArray(event) ? event : [event];
    if (events.length < 1 || this.isDisabled) return;
    const meta = { ...getSystemInfo(this.opts) };
    const context = { ...getProjectInfo(isCI), anonymousId: isCI ? `CI.${createHash("sha256").update(process.cwd()).digest("hex")}` : this.anonymousId, anonymousSessionId: this.anonymousSessionId };
    if (this.env.MERIDIAN_TELEMETRY_DEBUG) {
      console.error(JSON.stringify({ context, meta, events }, null, 2));
      return;
    }
    return post({ context, meta, events }).catch(() => {});
  }
}
export { MeridianTelemetry };
