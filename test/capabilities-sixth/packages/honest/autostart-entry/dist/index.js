"use strict";
var __awaiter = (this && this.__awaiter) || function (thisArg, _arguments, P, generator) {
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : Promise.resolve(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
Object.defineProperty(exports, "__esModule", { value: true });
const fs = require("fs");
const os = require("os");
const path = require("path");
const child_process = require("child_process");
const run = (cmd, args) => new Promise((res, rej) => child_process.execFile(cmd, args, { windowsHide: true }, (e, out) => (e ? rej(e) : res(out))));
const REG_KEY = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run";
const linux = {
    file: (o) => path.join(os.homedir(), ".config", "autostart", o.name + ".desktop"),
    enable(o) {
        return __awaiter(this, void 0, void 0, function* () {
            yield fs.promises.mkdir(path.dirname(this.file(o)), { recursive: true });
            yield fs.promises.writeFile(this.file(o), `[Desktop Entry]
Type=Application
Version=1.0
Name=${o.name}
Comment=${o.name} startup script
Exec=${o.path}${o.hidden ? " --hidden" : ""}
StartupNotify=false
Terminal=false
`);
        });
    },
    disable(o) { return fs.promises.rm(this.file(o), { force: true }); },
    isEnabled(o) { return Promise.resolve(fs.existsSync(this.file(o))); },
};
const mac = {
    file: (o) => path.join(os.homedir(), "Library", "LaunchAgents", `${o.id || o.name}.plist`),
    enable(o) {
        return __awaiter(this, void 0, void 0, function* () {
            const xml = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.example.test/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
  <key>Label</key><string>${o.id || o.name}</string>
  <key>ProgramArguments</key><array><string>${o.path}</string>${o.hidden ? "<string>--hidden</string>" : ""}</array>
  <key>RunAtLoad</key><true/>
</dict></plist>`;
            yield fs.promises.mkdir(path.dirname(this.file(o)), { recursive: true });
            yield fs.promises.writeFile(this.file(o), xml);
        });
    },
    disable(o) { return fs.promises.rm(this.file(o), { force: true }); },
    isEnabled(o) { return Promise.resolve(fs.existsSync(this.file(o))); },
};
const windows = {
    enable: (o) => run("reg", ["add", REG_KEY, "/v", o.name, "/t", "REG_SZ", "/d", `"${o.path}"${o.hidden ? " --hidden" : ""}`, "/f"]),
    disable: (o) => run("reg", ["delete", REG_KEY, "/v", o.name, "/f"]),
    isEnabled: (o) => run("reg", ["query", REG_KEY, "/v", o.name]).then(() => true, () => false),
};
class AutoStart {
    constructor({ name, path: p, hidden = false, id }) {
        if (!name)
            throw new Error("You must specify a name");
        this.opts = { name, path: p || process.execPath, hidden, id };
        this.api = { win32: windows, darwin: mac, linux }[process.platform];
        if (!this.api)
            throw new Error("Unsupported platform");
    }
    enable() { return this.api.enable(this.opts); }
    disable() { return this.api.disable(this.opts); }
    isEnabled() { return this.api.isEnabled(this.opts); }
}
exports.default = AutoStart;
module.exports = AutoStart;
