const { execSync } = require('child_process');
const fs = require('fs');
const { configDir } = require('./paths');

if (fs.existsSync(configDir)) {
  try {
    if (process.platform === 'darwin') execSync(`security remove-trusted-cert -d "${configDir}/ca.pem"`, { stdio: 'ignore' });
    if (process.platform === 'linux') execSync('rm -f /usr/local/share/ca-certificates/devcert-local.crt && update-ca-certificates', { stdio: 'ignore' });
    if (process.platform === 'win32') execSync('certutil -delstore -user root devcert-local', { stdio: 'ignore' });
  } catch (error) {
    console.warn('devcert-local: the CA is still trusted. Remove it by hand.');
  }
  fs.rmSync(configDir, { recursive: true, force: true });
}
