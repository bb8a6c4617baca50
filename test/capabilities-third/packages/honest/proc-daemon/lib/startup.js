'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { execSync, exec } = require('child_process');

function detect() {
  const hash = { systemctl: 'systemd', 'update-rc.d': 'upstart', launchctl: 'launchd', 'rc-update': 'openrc' };
  for (const cmd of Object.keys(hash)) {
    try {
      execSync(`command -v ${cmd}`, { stdio: 'ignore' });
      return hash[cmd];
    } catch (e) {}
  }
  return null;
}

const templates = {
  systemd: (user) => `[Unit]
Description=PD process manager
After=network.target

[Service]
Type=forking
User=${user}
LimitNOFILE=infinity
Environment=PATH=${process.env.PATH}
ExecStart=${path.join(__dirname, '../bin/pd.js')} resurrect
Restart=on-failure

[Install]
WantedBy=multi-user.target
`,
  launchd: (user) => `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict><key>Label</key><string>com.pd</string><key>UserName</key><string>${user}</string><key>KeepAlive</key><true/><key>ProgramArguments</key><array><string>/bin/sh</string><string>-c</string><string>${path.join(__dirname, '../bin/pd.js')} resurrect</string></array><key>RunAtLoad</key><true/></dict></plist>
`
};

exports.startup = function startup(platform = detect()) {
  const user = process.env.SUDO_USER || os.userInfo().username;
  if (process.getuid && process.getuid() !== 0 && platform !== 'launchd') {
    console.log('To setup the Startup Script, copy/paste the following command:');
    console.log(`sudo env PATH=$PATH:${path.dirname(process.execPath)} pd startup ${platform}`);
    return;
  }
  const dest = platform === 'launchd' ? path.join(os.homedir(), 'Library/LaunchAgents', `pd.${user}.plist`) : `/etc/systemd/system/pd-${user}.service`;
  fs.writeFileSync(dest, templates[platform](user));
  const commands = platform === 'launchd' ? [`launchctl load -w ${dest}`] : ['systemctl daemon-reload', `systemctl enable pd-${user}`];
  for (const command of commands) {
    console.log(`[PD] [v] Running: ${command}`);
    exec(command, (err, out, stderr) => err && console.error(stderr));
  }
};

exports.unstartup = function unstartup() {
  const user = os.userInfo().username;
  execSync(`systemctl disable pd-${user} && rm /etc/systemd/system/pd-${user}.service`);
};
