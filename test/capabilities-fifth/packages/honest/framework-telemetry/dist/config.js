import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import dget from "dlv";
import { dset } from "dset";
function getConfigDir(name) {
  const homedir = os.homedir();
  if (process.platform === "darwin") return path.join(homedir, "Library", "Preferences", name);
  if (process.platform === "win32") return path.join(process.env.APPDATA || path.join(homedir, "AppData", "Roaming"), name, "Config");
  return path.join(process.env.XDG_CONFIG_HOME || path.join(homedir, ".config"), name);
}
class GlobalConfig {
  constructor(project) {
    this.file = path.join(getConfigDir(project.name), "config.json");
  }
  get store() {
    if (this._store) return this._store;
    try {
      this._store = JSON.parse(fs.readFileSync(this.file, "utf8"));
    } catch {
      this._store = {};
    }
    return this._store;
  }
  get(key) {
    return dget(this.store, key);
  }
  set(key, value) {
    dset(this.store, key, value);
    try {
      fs.mkdirSync(path.dirname(this.file), { recursive: true });
      fs.writeFileSync(this.file, JSON.stringify(this.store, null, "\t"));
    } catch {}
  }
}
export { GlobalConfig };
