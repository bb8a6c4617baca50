/** What a call does outside of the program. */
export type Effect =
  | 'network'
  /** Accepts connections. */
  | 'server'
  | 'process'
  | 'read'
  | 'list'
  | 'write'
  | 'remove'
  | 'code'
  | 'native'
  | 'clipboard';

const HTTP_CLIENTS: ReadonlySet<string> = new Set([
  ...[
    'axios',
    'node-fetch',
    'got',
    'undici',
    'request',
    'request-promise',
    'superagent',
    'needle',
    'phin',
    'bent',
    'ky',
  ],
  ...[
    'cross-fetch',
    'isomorphic-fetch',
    'urllib',
    'centra',
    'ws',
    'socket.io-client',
    'websocket',
    'nodemailer',
    'mqtt',
  ],
  ...[
    'follow-redirects',
    'https-proxy-agent-fetch',
    'make-fetch-happen',
    'minipass-fetch',
    'wretch',
    'ofetch',
    'request-promise-native',
  ],
  ...[
    'node-telegram-bot-api',
    'telegraf',
    'discord.js',
    'discord-webhook-node',
    'imap',
    'ftp',
    'basic-ftp',
    'ssh2',
    'ethers',
    'web3',
  ],
  ...[
    'download',
    'node-downloader-helper',
    'nugget',
    'simple-get',
    'download-file',
    'wget-improved',
    'unirest',
    'whatwg-fetch',
    'octokit',
    '@octokit/rest',
    '@octokit/core',
    '@octokit/request',
    '@octokit/graphql',
    '@aws-sdk/client-s3',
    'form-data',
  ],
]);
const SPAWNERS: ReadonlySet<string> = new Set([
  ...[
    'execa',
    'cross-spawn',
    'tinyexec',
    'nano-spawn',
    'node-pty',
    'shelljs',
    'zx',
    'sudo-prompt',
    'spawn-async',
  ],
  ...[
    'promisify-child-process',
    'child-process-promise',
    '@npmcli/promise-spawn',
    'foreground-child',
    'node-cmd',
    'spawndamnit',
  ],
]);
const SERVERS = /^mod:(?:express|koa|fastify|hono|restify|@hapi\/hapi|connect|polka|micro)\b/;
const NATIVE: ReadonlySet<string> = new Set([
  'bindings',
  'node-gyp-build',
  'ffi-napi',
  'koffi',
  'node-addon-api',
  'node-api-dotnet',
  'edge-js',
]);

const READS =
  /^(?:readFile|readFileSync|createReadStream|readSync|readJson|readJsonSync|readJSON|readJSONSync|open|openSync|copyFile|copyFileSync|copy|copySync|cp|cpSync|readlink|access|accessSync)$/;
const LISTS = /^(?:readdir|readdirSync|opendir|opendirSync|glob|globSync|watch)$/;
const WRITES =
  /^(?:writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream|outputFile|outputFileSync|writeJson|writeJsonSync|writeJSON|outputJson|outputJsonSync|chmod|chmodSync|rename|renameSync|symlink|symlinkSync|link|linkSync|truncate|truncateSync|move|moveSync|ensureFileSync|copyFile|copyFileSync|cp|cpSync|copy|copySync)$/;
const REMOVES = /^(?:unlink|unlinkSync|rm|rmSync|rmdir|rmdirSync|remove|removeSync|emptyDir|emptyDirSync)$/;

/** Returns what a call of a path does; undefined if that is nothing of interest. */
export function effectOf(ref: string): Effect | undefined {
  if (ref.startsWith('mod:')) return moduleEffect(ref);
  switch (ref) {
    case 'eval':
    case 'Function':
    case 'execScript':
      return 'code';
    case 'fetch':
    case 'Bun.connect':
    case 'navigator.sendBeacon':
    case 'WebSocket':
    case 'EventSource':
    case 'Deno.connect':
      return 'network';
    case 'Bun.spawn':
    case 'Bun.spawnSync':
    case 'Bun.$':
    case 'Deno.run':
    case 'Deno.Command':
    case 'process.binding':
    case 'process._linkedBinding':
    case 'process.binding().spawn':
      return 'process';
    case 'process.dlopen':
      return 'native';
    case 'module._compile':
      return 'code';
    case 'Bun.write':
      return 'write';
  }
  if (
    /^(?:XMLHttpRequest\(\)\.(?:open|send)|WebSocket\(\)\.send|navigator\.clipboard\.(?:writeText|readText|read))$/.test(
      ref,
    )
  )
    return ref.startsWith('navigator') ? 'clipboard' : 'network';
  if (/^(?:jQuery|\$)\.(?:ajax|get|post|getScript|getJSON)$/.test(ref)) return 'network';
  if (/^(?:module\.constructor|.*\(\))\._compile$/.test(ref)) return 'code';
  return undefined;
}

function moduleEffect(ref: string): Effect | undefined {
  const [, name = '', rest = ''] =
    /^mod:((?:@[^/.()]+\/)?[^.()]+(?:\.(?:js|io-client|node))?)(.*)$/.exec(ref) ?? [];
  const last = /([^.()]*)(?:\(\))?$/.exec(rest)?.[1] ?? '';
  switch (name) {
    case 'child_process':
      return /^\.(?:exec|execSync|execFile|execFileSync|spawn|spawnSync|fork)$/.test(rest)
        ? 'process'
        : undefined;
    case 'http':
    case 'https':
    case 'http2':
      if (/^\.create(?:Secure)?Server$/.test(rest)) return 'server';
      return /^\.(?:request|get|connect)(?:\(\)\.(?:write|end|request))*$/.test(rest) ? 'network' : undefined;
    case 'net':
    case 'tls':
      if (rest === '.createServer') return 'server';
      return /^\.(?:connect|createConnection|(?:Socket|TLSSocket)\(\)\.connect|(?:connect|createConnection|Socket)\(\)\.(?:write|end))$/.test(
        rest,
      )
        ? 'network'
        : undefined;
    case 'dgram':
      return /^\.createSocket(?:\(\)\.send)?$/.test(rest) ? 'network' : undefined;
    case 'dns':
      return /^(?:\.promises)?(?:\.Resolver\(\))?\.(?:lookup|resolve\w*)$/.test(rest) ? 'network' : undefined;
    case 'fs':
    case 'fs-extra':
    case 'graceful-fs':
    case 'original-fs':
      if (WRITES.test(last)) return 'write';
      if (REMOVES.test(last)) return 'remove';
      if (LISTS.test(last)) return 'list';
      return READS.test(last) ? 'read' : undefined;
    case 'rimraf':
    case 'del':
    case 'trash':
      return 'remove';
    case 'glob':
    case 'fast-glob':
    case 'globby':
      return 'list';
    case 'vm':
      return /^\.(?:runIn\w+|compileFunction|Script|SourceTextModule|Script\(\)\.runIn\w+)$/.test(rest)
        ? 'code'
        : undefined;
    case 'worker_threads':
      return rest === '.Worker' ? undefined : undefined;
    case 'module':
      return /_compile$/.test(rest) ? 'code' : undefined;
    case 'clipboardy':
    case 'copy-paste':
    case 'clipboard-event':
      return 'clipboard';
  }
  if (NATIVE.has(name)) return 'native';
  if (name === 'ethers' && COMPUTES.test(rest) && !/\.(?:send|broadcast|connect)/.test(rest))
    return undefined;
  if (HTTP_CLIENTS.has(name)) return isRequest(rest, last) ? 'network' : undefined;
  if (SPAWNERS.has(name))
    return rest === '' ||
      /^(?:exec|execa|execaSync|execaCommand|execaCommandSync|execaNode|execSync|spawn|spawnSync|sync|x|\$|run|runSync|command|commandSync|foregroundChild|node)$/.test(
        last,
      )
      ? 'process'
      : undefined;
  return undefined;
}

/** Parts of `ethers` that compute, such as keys from a phrase. */
const COMPUTES =
  /^(?:\.ethers)?\.(?:utils|AbiCoder|HDNodeWallet|Interface|\w*Fragment|Mnemonic|Signature|SigningKey|Transaction|Wordlist|wordlists|computeHmac|concat|pbkdf2|ripemd160|scrypt\w*|sha\d+|recoverAddress|verifyMessage|solidityPacked\w*)(?![\w$])/;

/** Members of clients that make no request. */
const NO_REQUEST =
  /^(?:on|once|off|use|create|extend|defaults|interceptors|isAxiosError|isCancel|CancelToken|setTimeout|Agent|ProxyAgent|Headers|FormData|setGlobalDispatcher|getGlobalDispatcher|Router|Server|WebSocketServer|createServer|jar|cookie|Wallet|utils|Contract|JsonRpcProvider|Client|Pool|then|catch|finally|pipe|json|text|arrayBuffer|body|blob|isValid\w*|parse\w*|format\w*|to\w+|all|spread|close|abort|setEncoding|removeListener|emit|destroy|isAddress|getAddress|id|keccak256|hexlify|getBytes|Keccak|BigNumber|AbortController|HTTPError|RequestError|Request|Response|Attachment|keygen|Octokit|\w+Client|\w+Command|append|getHeaders|getBuffer|getLength\w*|getBoundary)$/;

function isRequest(rest: string, last: string): boolean {
  return rest === '' || (last !== '' && !NO_REQUEST.test(last));
}

/** Checks whether a call gives callbacks what clients sent. */
export function servesRequests(ref: string): boolean {
  return SERVERS.test(ref) || /^mod:https?\.createServer|^mod:net\.createServer|^mod:http2\.create/.test(ref);
}
