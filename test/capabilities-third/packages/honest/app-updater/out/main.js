"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.NsisUpdater = void 0;
const crypto_1 = require("crypto");
const child_process_1 = require("child_process");
const fs_1 = require("fs");
const https_1 = require("https");
const os_1 = require("os");
const path = require("path");
const events_1 = require("events");
class NsisUpdater extends events_1.EventEmitter {
    constructor(options) {
        super();
        this.options = options;
        this.stagingId = null;
    }
    async checkForUpdates() {
        const info = JSON.parse(await this.request(new URL("latest.json", this.options.url)));
        if (info.version === this.options.currentVersion)
            return null;
        this.emit("update-available", info);
        return info;
    }
    request(url) {
        return new Promise((resolve, reject) => {
            https_1.get(url, { headers: { "User-Agent": "app-updater", "x-user-staging-id": this.stagingId ?? "", ...this.options.requestHeaders } }, (res) => {
                let data = "";
                res.on("data", (c) => (data += c));
                res.on("end", () => resolve(data));
            }).on("error", reject);
        });
    }
    async downloadUpdate(info) {
        const dir = path.join(process.env.LOCALAPPDATA || path.join(os_1.homedir(), "AppData", "Local"), this.options.updaterCacheDirName, "pending");
        fs_1.mkdirSync(dir, { recursive: true });
        const file = path.join(dir, path.basename(info.path));
        const hash = crypto_1.createHash("sha512");
        await new Promise((resolve, reject) => {
            https_1.get(new URL(info.path, this.options.url), (res) => {
                res.on("data", (chunk) => { hash.update(chunk); this.emit("download-progress", chunk.length); });
                res.pipe(fs_1.createWriteStream(file)).on("finish", resolve).on("error", reject);
            });
        });
        const actual = hash.digest("base64");
        if (actual !== info.sha512) {
            fs_1.unlinkSync(file);
            throw new Error(`sha512 checksum mismatch, expected ${info.sha512}, got ${actual}`);
        }
        await this.verifySignature(file);
        this.emit("update-downloaded", info);
        return file;
    }
    verifySignature(file) {
        return new Promise((resolve, reject) => {
            child_process_1.execFile("powershell.exe", ["-NoProfile", "-NonInteractive", "-InputFormat", "None", "-Command", `Get-AuthenticodeSignature -LiteralPath '${file.replace(/'/g, "''")}' | ConvertTo-Json -Compress`], { timeout: 20000 }, (error, stdout) => {
                const data = JSON.parse(stdout);
                if (error || data.Status !== 0 || !this.options.publisherName.some((n) => data.SignerCertificate.Subject.includes(n)))
                    reject(new Error(`New version ${file} is not signed by the application owner`));
                else
                    resolve();
            });
        });
    }
    quitAndInstall(file, isSilent) {
        const args = ["--updated"];
        if (isSilent)
            args.push("/S");
        const p = child_process_1.spawn(file, args, { detached: true, stdio: "ignore" });
        p.on("error", () => child_process_1.spawn(path.join(process.resourcesPath, "elevate.exe"), [file, ...args], { detached: true }));
        p.unref();
        this.options.quit();
    }
}
exports.NsisUpdater = NsisUpdater;
