/** What a script does that no install needs; no-sources: it runs as part of a native build that builds nothing. */
export type Suspicion =
  | 'remote-code'
  | 'encoded-code'
  | 'remote-shell'
  | 'sends-data'
  | 'collector'
  | 'cloud-metadata'
  | 'system-tool'
  | 'dropped-file'
  | 'hidden'
  | 'no-sources'
  | 'tls-off';

export interface SuspiciousScript {
  readonly suspicion: Suspicion;
  /**
   * The outline of the command, such as `curl … | bash`: program names alone, as arguments may hold tokens.
   */
  readonly outline: string;
}

/**
 * Reads a command line without running it. Returns the first thing in it that no install needs; undefined if there is
 * none. Downloads by themselves, inline code by itself and unknown programs are normal.
 */
export function suspiciousScript(line: string): SuspiciousScript | undefined {
  const text = line.slice(0, LONGEST_LINE);
  for (const sign of SIGNS) {
    const found = sign(text);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Sign = (text: string) => SuspiciousScript | undefined;

/** Real scripts are shorter, and each is read again on every change. */
const LONGEST_LINE = 8000;

/** Where a program may stand: words of `echo` and arguments are not run. */
const COMMAND = String.raw`(?:^|[;&|(\x60\n{]|\b(?:sudo|exec|nohup|time|command|then|do|else|&&)\s|\b(?:ba|z|da)?sh\s+-\w*c\s+["']|\bcmd(?:\.exe)?\s+/c\s+["']?|\b(?:powershell|pwsh)(?:\.exe)?\s[^"'|;&\n]{0,80}["'])\s*`;
const DOWNLOADER = String.raw`(?:[\w./-]*/)?(curl|wget)(?:\.exe)?\s`;
/** The rest of a command, over quoted separators. */
const ARGUMENTS = String.raw`(?:"[^"\n]{0,1000}"|'[^'\n]{0,1000}'|[^|;&\n"']){0,1000}`;
const SHELL = '(?:ba|z|da|k|a|fi)?sh';
/** A program that reads its code from standard input: nothing but options follows. */
const FROM_INPUT = String.raw`(?:sudo\s+(?:-\w+\s+)*)?(?:env\s+)?(?:[\w./-]*/)?(?:(${SHELL})(?=\s*(?:$|[;&|)"'\x60\n>]|\d>|-(?:[exuls]+|-)?(?:[\s"')]|$)))|(node|bun|deno|python[\d.]*|perl|ruby|php)(?=\s*(?:$|[;&|)"'\x60\n>]|-(?:[\s"')]|$))))`;
const SUBSTITUTION = String.raw`["']?(?:\$\(|\x60|<\()\s*`;

const PIPED = new RegExp(`${COMMAND}${DOWNLOADER}${ARGUMENTS}(?:\\|${ARGUMENTS}){0,3}?\\|\\s*${FROM_INPUT}`);
const SUBSTITUTED = new RegExp(
  String.raw`(?:\b(${SHELL}|node|bun|python[\d.]*|perl|ruby|php|eval|source)|(?:^|[;&|\s])(\.))\s+(?:-\w+\s+)*${SUBSTITUTION}${DOWNLOADER}`,
);
const SAVED = new RegExp(
  String.raw`${COMMAND}${DOWNLOADER}(?:${ARGUMENTS}\s)?(?:-\w*[oO]|--output(?:-document)?|>)[\s=]*["']?([^\s"';&|]{1,200})`,
);
const WEB_REQUEST = '(?:iwr|irm|Invoke-WebRequest|Invoke-RestMethod|DownloadString)';
const POWERSHELL = new RegExp(
  String.raw`\b${WEB_REQUEST}\b[^|\n]{0,500}\|\s*(?:iex|Invoke-Expression)\b|\b(?:iex|Invoke-Expression)\b[\s("'&$]{0,10}(?:${WEB_REQUEST}\b|New-Object\s+(?:System\.)?Net\.WebClient)`,
  'i',
);

const remoteCode: Sign = (text) => {
  const piped = PIPED.exec(text);
  if (piped !== null) return found('remote-code', `${piped[1]} … | ${piped[2] ?? piped[3]}`);
  const substituted = SUBSTITUTED.exec(text);
  if (substituted !== null)
    return found('remote-code', `${substituted[1] ?? substituted[2]} $(${substituted[3]} …)`);
  if (POWERSHELL.test(text)) return found('remote-code', 'Invoke-WebRequest … | Invoke-Expression');
  const saved = SAVED.exec(text);
  if (saved === null || saved[2] === undefined) return undefined;
  const file = escapeRegExp(saved[2].replace(/^\.\//, ''));
  const run = new RegExp(
    String.raw`[;&|\n]\s*(?:sudo\s+)?(?:(${SHELL}|node|bun|python[\d.]*|source|\.)\s+(?:-\w+\s+)*["']?(?:\./)?|\./|["']\./)${file}(?=$|[\s"';&|)])`,
  ).exec(text.slice(saved.index + saved[0].length));
  return run === null ? undefined : found('remote-code', `${saved[1]} … && ${run[1] ?? './…'}`);
};

const DECODED = new RegExp(
  String.raw`\b(base64\s+(?:-d|-D|--decode)|openssl\s+(?:enc|base64)\s[^|;&\n]{0,200}-d|xxd\s+-r)\b${ARGUMENTS}(?:\|${ARGUMENTS}){0,2}?\|\s*${FROM_INPUT}`,
);
const DECODED_IN = new RegExp(
  String.raw`\b(${SHELL}|eval|node|python[\d.]*)\s+(?:-\w+\s+)*["']?(?:\$\(|\x60)[^)\x60\n]{0,2000}\bbase64\s+(?:-d|-D|--decode)\b`,
);
const ENCODED_COMMAND =
  /\b(powershell|pwsh)(?:\.exe)?\s(?:[^|;&\n]{0,200}\s)?[-/](?:e|ec|en|enc|enco|encod|encode|encoded|encodedcommand)\s+["']?[A-Za-z0-9+/=]{16}/i;

const encodedCode: Sign = (text) => {
  const decoded = DECODED.exec(text);
  if (decoded !== null)
    return found('encoded-code', `${decoded[1]!.split(/\s/, 1)[0]} -d … | ${decoded[2] ?? decoded[3]}`);
  const within = DECODED_IN.exec(text);
  if (within !== null) return found('encoded-code', `${within[1]} $(… base64 -d)`);
  return ENCODED_COMMAND.test(text) ? found('encoded-code', 'powershell -EncodedCommand …') : undefined;
};

const INLINE =
  /\b(node|bun|deno|python[\d.]*|perl|ruby|php)(?:\.exe)?\s+(?:-{1,2}[\w-]+\s+){0,4}?(?:-\w*[ecpr]|--eval|--print|eval)[\s=]+(["'])/g;
const RUNS_CODE =
  /\beval\s*\(|\bFunction\s*\(|\bexec(?:Sync|File|FileSync)?\s*\(|\bspawn(?:Sync)?\s*\(|child_process|\bvm\.run|os\.system|subprocess/;
const ASKS_NETWORK =
  /require\s*\(\s*\\?["'\x60](?:node:)?https?\\?["'\x60]|\bfetch\s*\(|\bhttps?\.(?:get|request)\s*\(|urlopen|requests\.(?:get|post)|curl\s|wget\s/;
const DECODES =
  /\batob\s*\(|fromCharCode|\bBuffer\.from\s*\([^)]{1,4000},\s*\\?["'\x60](?:base64|hex)|b64decode|fromhex|(?:\\+x[0-9a-f]{2}){8}/i;

const inlineCode: Sign = (text) => {
  for (const match of text.matchAll(INLINE)) {
    const start = match.index + match[0].length;
    const close = text.indexOf(match[2]!, start);
    // Quotes within the code are escaped or of the other kind; without an end, the rest is code.
    const code = text.slice(start, close === -1 || text[close - 1] === '\\' ? undefined : close);
    if (!RUNS_CODE.test(code)) continue;
    if (DECODES.test(code)) return found('encoded-code', `${match[1]} -e …`);
    if (ASKS_NETWORK.test(code)) return found('remote-code', `${match[1]} -e …`);
  }
  return undefined;
};

const REMOTE_SHELL =
  /\b((?:ba)?sh)\s+-i\b[^;|\n]{0,40}\/dev\/(?:tcp|udp)\/|\b(nc|ncat|netcat)\b[^;&|\n]{0,200}\s-\w*[ec]\s*(?:\/bin\/)?(?:ba)?sh\b/;

const remoteShell: Sign = (text) => {
  const match = REMOTE_SHELL.exec(text);
  if (match === null) return undefined;
  return found('remote-shell', match[1] === undefined ? `${match[2]} -e sh` : `${match[1]} -i … /dev/tcp`);
};

/** Text that holds tokens or keys, or says which machine it is. */
const SECRET_FILE = String.raw`(?:\.ssh/|\.aws/|(?:\.npmrc|\.netrc|\.git-credentials|id_rsa|id_ed25519|/etc/passwd|\.env)(?![\w.-]))`;
const MACHINE = String.raw`(?:whoami|hostname|printenv|env|ifconfig|cat\s[^|;&)\x60\n]{0,200}${SECRET_FILE})`;
const SENT_IN = new RegExp(
  String.raw`${COMMAND}(?:[\w./-]*/)?(curl|wget|nc|ncat)(?:\.exe)?\s(?:[^|;&\n]|&(?=\w+=)){0,1000}?(?:(?:\$\(|\x60)\s*${MACHINE}|%(?:USERNAME|COMPUTERNAME|USERDOMAIN)%)`,
);
const ASKED_NAME = new RegExp(
  String.raw`${COMMAND}(nslookup|dig|host|ping)\s[^|;&\n]{0,100}?(?:\$\(|\x60)\s*${MACHINE}[^)\x60\n]{0,100}[)\x60][\w.-]*\.[a-z]`,
);
const SENT_FROM = new RegExp(
  String.raw`${COMMAND}(?:${MACHINE}|set)\s*(?:\|${ARGUMENTS}){0,3}?\|\s*(curl|wget|nc|ncat)\b`,
);
const UPLOADED = new RegExp(
  String.raw`${COMMAND}${DOWNLOADER}${ARGUMENTS}(?:-d|--data[\w-]*|-F|--form|-T|--upload-file|--post-file)[\s=]*["']?[^\s"']{0,100}${SECRET_FILE}`,
);

const sendsData: Sign = (text) => {
  const sent = SENT_IN.exec(text)?.[1] ?? ASKED_NAME.exec(text)?.[1];
  if (sent !== undefined) return found('sends-data', `${sent} … $(…)`);
  const from = SENT_FROM.exec(text)?.[1];
  if (from !== undefined) return found('sends-data', `… | ${from}`);
  const uploaded = UPLOADED.exec(text)?.[1];
  return uploaded === undefined ? undefined : found('sends-data', `${uploaded} … (a file with credentials)`);
};

/** Hosts at which anybody can read what is sent to them, used by most published attacks of this kind. */
const COLLECTORS =
  /\b(webhook\.site|[\w-]+\.ngrok(?:-free)?\.(?:io|app|dev)|[\w.-]*pipedream\.net|requestbin\.[a-z]+|[\w.-]*oast\.(?:pro|live|site|online|fun|me)|interact\.sh|[\w.-]*burpcollaborator\.net|[\w.-]*oastify\.com|[\w.-]*dnslog\.cn|pastebin\.com\/raw|discord(?:app)?\.com\/api\/webhooks|api\.telegram\.org\/bot|canarytokens\.com)/i;
const SENDER = new RegExp(
  String.raw`${COMMAND}(?:[\w./-]*/)?(?:curl|wget|nslookup|dig|ping|nc)(?:\.exe)?\s|\b(?:node|bun|deno|python[\d.]*)\s[^;&|\n]{0,40}(?:-\w*[ecp]|--eval)\s|${WEB_REQUEST}`,
);

const collector: Sign = (text) => {
  const host = COLLECTORS.exec(text)?.[1];
  if (host === undefined || !SENDER.test(text)) return undefined;
  // The name before the domain identifies an account, and says nothing to the reader.
  return found('collector', host.replace(/\/.*$/, '').split('.').slice(-2).join('.').toLowerCase());
};

const cloudMetadata: Sign = (text) => {
  const host = /\b(?:169\.254\.169\.254|169\.254\.170\.2|metadata\.google\.internal)\b/.exec(text)?.[0];
  return host === undefined ? undefined : found('cloud-metadata', host);
};

const systemTool: Sign = (text) => {
  const match =
    /\b(rundll32)(?:\.exe)?\s+\S|\b(mshta)(?:\.exe)?\s+["']?(?:https?|javascript|vbscript):|\b(regsvr32)(?:\.exe)?\s[^|;&\n]{0,100}\/i:["']?https?:/i.exec(
      text,
    );
  const tool = match?.slice(1).find((name) => name !== undefined);
  return tool === undefined ? undefined : found('system-tool', `${tool.toLowerCase()} …`);
};

const droppedFile: Sign = (text) => {
  const match = /\b(node|bun)(?:\s+run)?\s+(?:\.\/)?(setup_bun\.js|bun_environment\.js)(?=$|[\s"';&|)])/.exec(
    text,
  );
  return match === null ? undefined : found('dropped-file', `${match[1]} ${match[2]}`);
};

const hidden: Sign = (text) => {
  const blanks = /\S([ \t\u00a0]{100,})\S/.exec(text)?.[1];
  return blanks === undefined ? undefined : found('hidden', `${blanks.length} blanks`);
};

const tlsOff: Sign = (text) =>
  /(?:^|[\s;&|"'])NODE_TLS_REJECT_UNAUTHORIZED=["']?0(?=$|[\s;&|"'])/.test(text)
    ? found('tls-off', 'NODE_TLS_REJECT_UNAUTHORIZED=0')
    : undefined;

const SIGNS: readonly Sign[] = [
  remoteShell,
  remoteCode,
  encodedCode,
  inlineCode,
  sendsData,
  collector,
  cloudMetadata,
  systemTool,
  droppedFile,
  hidden,
  tlsOff,
];

function found(suspicion: Suspicion, outline: string): SuspiciousScript {
  return { suspicion, outline };
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
