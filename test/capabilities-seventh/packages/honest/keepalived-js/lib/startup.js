'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { execSync } = require('child_process');
const UNIT = path.join(os.homedir(), '.config/systemd/user/kad.service');
const PLIST = path.join(os.homedir(), 'Library/LaunchAgents/kad.plist');
const bin = path.join(__dirname, '..', 'bin', 'kad.js');
exports.install = function () {
  if (process.platform === 'darwin') {
    fs.writeFileSync(PLIST, `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>Label</key><string>kad</string><key>RunAtLoad</key><true/><key>ProgramArguments</key><array><string>${process.execPath}</string><string>${bin}</string><string>resurrect</string></array></dict></plist>\n`);
    execSync(`launchctl load ${PLIST}`);
    return PLIST;
  }
  fs.mkdirSync(path.dirname(UNIT), { recursive: true });
  fs.writeFileSync(UNIT, `[Unit]\nDescription=keepalived-js process manager\nAfter=network.target\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=${process.execPath} ${bin} resurrect\nExecStop=${process.execPath} ${bin} stop all\n\n[Install]\nWantedBy=default.target\n`);
  execSync('systemctl --user daemon-reload && systemctl --user enable kad');
  return UNIT;
};
exports.uninstall = function () {
  if (process.platform === 'darwin') { execSync(`launchctl remove kad || true`); fs.rmSync(PLIST, { force: true }); } else { execSync('systemctl --user disable kad'); fs.rmSync(UNIT, { force: true }); }
};
