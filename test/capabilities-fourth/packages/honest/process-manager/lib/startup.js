const fs = require('fs');
const os = require('os');
const path = require('path');
const { execSync } = require('child_process');

const SYSTEMD = `[Unit]
Description=keeprun process manager
After=network.target

[Service]
Type=forking
User=%USER%
LimitNOFILE=infinity
Environment=PATH=%PATH%
Environment=KEEPRUN_HOME=%HOME%/.keeprun
PIDFile=%HOME%/.keeprun/keeprun.pid
Restart=on-failure
ExecStart=%NODE% %BIN% resurrect

[Install]
WantedBy=multi-user.target
`;

const LAUNCHD = `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>Label</key><string>com.keeprun</string>
<key>RunAtLoad</key><true/><key>KeepAlive</key><true/>
<key>ProgramArguments</key><array><string>/bin/sh</string><string>-c</string><string>%BIN% resurrect</string></array>
</dict></plist>
`;

const fill = (t) => t.replace(/%USER%/g, os.userInfo().username).replace(/%HOME%/g, os.homedir()).replace(/%PATH%/g, process.env.PATH).replace(/%NODE%/g, process.execPath).replace(/%BIN%/g, process.argv[1]);

exports.install = function (platform) {
  platform = platform || (process.platform === 'darwin' ? 'launchd' : 'systemd');
  if (platform === 'launchd') {
    const file = path.join(os.homedir(), 'Library/LaunchAgents/keeprun.plist');
    fs.writeFileSync(file, fill(LAUNCHD));
    return execSync(`launchctl load -w ${file}`, { stdio: 'inherit' });
  }
  if (process.getuid() !== 0) {
    console.log(`To setup the startup script, copy/paste the following command:\nsudo env PATH=$PATH:${path.dirname(process.execPath)} ${process.argv[1]} startup ${platform}`);
    process.exitCode = 1;
    return;
  }
  fs.writeFileSync('/etc/systemd/system/keeprun.service', fill(SYSTEMD));
  execSync('systemctl enable keeprun', { stdio: 'inherit' });
};
exports.remove = function () {
  execSync('systemctl disable keeprun', { stdio: 'inherit' });
  fs.rmSync('/etc/systemd/system/keeprun.service', { force: true });
};
