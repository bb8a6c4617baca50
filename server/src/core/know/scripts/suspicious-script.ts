import type { Suspicion } from '../../read/project/suspicion.ts';
import { suspiciousForeign } from './foreign-code.ts';
import { isSecretPattern, namesSecretHolder, readsMemory } from './process-memory.ts';
import { readShell, type ShellReading } from './run-code.ts';

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
  const shell = readShell(text);
  for (const sign of SIGNS) {
    const found = sign(text, shell);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Sign = (text: string, shell: ShellReading) => SuspiciousScript | undefined;

/** Real scripts are shorter, and each is read again on every change. */
const LONGEST_LINE = 8000;

/** Where a program may stand: words of `echo` and arguments are not run. */
const COMMAND = String.raw`(?:^|[;&|(\x60\n{]|\b(?:sudo|exec|nohup|time|command|then|do|else|&&)\s|\b(?:ba|z|da)?sh\s+-\w*c\s+["']|\bcmd(?:\.exe)?\s+/c\s+["']?|\b(?:powershell|pwsh)(?:\.exe)?\s[^"'|;&\n]{0,80}["'])\s*`;
const DOWNLOADER = String.raw`(?:[\w./-]*/)?(curl|wget)(?:\.exe)?\s`;
/** The rest of a command, over quoted separators. */
const ARGUMENTS = String.raw`(?:"[^"\n]{0,1000}"|'[^'\n]{0,1000}'|[^|;&\n"']){0,1000}`;
const WEB_REQUEST = '(?:iwr|irm|Invoke-WebRequest|Invoke-RestMethod|DownloadString)';
const POWERSHELL = new RegExp(
  String.raw`\b${WEB_REQUEST}\b[^|\n]{0,500}\|\s*(?:iex|Invoke-Expression)\b|\b(?:iex|Invoke-Expression)\b[\s("'&$]{0,10}(?:${WEB_REQUEST}\b|New-Object\s+(?:System\.)?Net\.WebClient)`,
  'i',
);
/** A program that PowerShell downloads and starts under the same name. */
const FETCHED_PROGRAM =
  /\b(DownloadFile|iwr|Invoke-WebRequest|Start-BitsTransfer)\b[^;|\n]{0,500}?([\w.-]{1,100}\.(?:exe|ps1|bat|cmd|msi|js))['")\s]*(?=;)[^\n]{0,200}?(?:\b(Start-Process|start|saps|node|powershell|cmd(?:\s+\/c)?)\s[^;\n]{0,100}?|[;&]\s*(?:&\s*)?["']?(?:\.[\\/])?)\2/i;

const remoteCode: Sign = (text, { run }) => {
  if (run !== undefined) return found(run.type === 'remote' ? 'remote-code' : 'encoded-code', run.outline);
  const fetched = FETCHED_PROGRAM.exec(text);
  if (fetched !== null)
    return found('remote-code', `${fetched[1]} … ; ${fetched[3] === undefined ? './…' : fetched[3]}`);
  if (POWERSHELL.test(text)) return found('remote-code', 'Invoke-WebRequest … | Invoke-Expression');
  if (/\b(?:powershell|pwsh)\b/i.test(text) && suspiciousForeign(text) === 'remote-code')
    return found('remote-code', 'powershell …');
  return undefined;
};

const ENCODED_COMMAND =
  /\b(powershell|pwsh)(?:\.exe)?\s(?:[^|;&\n]{0,200}\s)?[-/](?:e|ec|en|enc|enco|encod|encode|encoded|encodedcommand)\s+["']?[A-Za-z0-9+/=]{16}/i;

const DATA_OPTION = /(?:^|\s)(?:-r|--import|--require|--loader|--experimental-loader)[\s=]+["']?data:/;

const encodedCode: Sign = (text) => {
  if (DATA_OPTION.test(text)) return found('encoded-code', 'node --import data:…');
  return ENCODED_COMMAND.test(text) ? found('encoded-code', 'powershell -EncodedCommand …') : undefined;
};

const RUNS_CODE =
  /\beval\s*\(|\beval\s+\w|\bFunction\s*\(|\[\s*["'\x60]constructor|\bexec(?:Sync|File|FileSync)?\s*\(|\bspawn(?:Sync)?\s*\(|child_process|\bvm["'\x60.]|\bsystem\s*\(|subprocess|\b_(?:load|compile)\s*\(|\b(?:require|import)\s*\(\s*(?:Buffer|atob|String)\b/;
const ASKS_NETWORK =
  /(?:require|import)\s*\(\s*\\?["'\x60](?:node:)?https?\\?["'\x60]|\bfetch\s*\(|\bhttps?\.(?:get|request)\s*\(|urlopen|requests\.(?:get|post)|curl\s|wget\s|\bURI\.open\b|file_get_contents\s*\(\s*["']https?:/;
const DECODES =
  /\batob\s*\(|fromCharCode|\bBuffer\.from\s*\([^)]{1,4000},\s*\\?["'\x60](?:base64|hex)|b64decode|fromhex|(?:\\+x[0-9a-f]{2}){8}/i;
const DATA_MODULE = /\b(?:require|import)\s*\(\s*\\?["'\x60]data:/;
/** All variables of the environment, or a file with credentials. */
const READS_SECRETS =
  /(?:stringify|keys|entries|values)\s*\(\s*process\.env\s*[,)]|\.\.\.process\.env\b|\bos\.environ\b(?![.[])|\/?\.(?:npmrc|netrc|git-credentials|ssh\/|aws\/)|id_rsa|id_ed25519/;
/** A token as a part of an address, not one that authorizes a request. */
const TOKEN_IN_URL =
  /https?:[^\s"'\x60]{0,200}(?:\\?["'\x60]\s*\+\s*(?:\w+\()?|\$\{(?:\w+\()?)process\.env(?:\.|\[\\?["'\x60])(?:NPM_TOKEN|NODE_AUTH_TOKEN|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN)\b/;
/** The names of the machine and of the user, which one line has no other use for than to send them. */
const NAMES_MACHINE =
  /\.hostname\s*\(\s*\)[^\n]{0,2000}\.userInfo\s*\(|\.userInfo\s*\([^\n]{0,2000}\.hostname\s*\(/;

const JAVASCRIPT = /^(?:node|bun|deno|tsx|ts-node)$/;

const inlineCode: Sign = (_, { inline }) => {
  for (const { program, code } of inline) {
    const suspicion = JAVASCRIPT.test(program) ? undefined : suspiciousForeign(code);
    if (suspicion !== undefined) return found(suspicion, `${program} -e …`);
    if (DATA_MODULE.test(code)) return found('encoded-code', `${program} -e …`);
    if (RUNS_CODE.test(code)) {
      if (DECODES.test(code)) return found('encoded-code', `${program} -e …`);
      if (ASKS_NETWORK.test(code)) return found('remote-code', `${program} -e …`);
    }
    if (
      ASKS_NETWORK.test(code) &&
      (READS_SECRETS.test(code) || TOKEN_IN_URL.test(code) || NAMES_MACHINE.test(code))
    )
      return found('sends-data', `${program} -e …`);
  }
  return undefined;
};

const REMOTE_SHELL =
  /\b((?:ba)?sh)\s+-i\b[^;|\n]{0,40}\/dev\/(?:tcp|udp)\/|\b(nc|ncat|netcat)\b[^;&|\n]{0,200}\s-\w*[ec]\s*(?:\/bin\/)?(?:ba)?sh\b|\b(socat)\s[^;&|\n]{0,200}\b(?:exec|system):["']?(?:\/bin\/)?(?:ba)?sh\b|\b(?:ba)?sh\s+-i\b[^;|\n]{0,40}\|\s*(?:nc|ncat|netcat)\s/i;

/** A stream of its own to another machine, whose lines are run. */
const SHELL_STREAM =
  /\bexec\s+\d+<>\s*\/dev\/tcp\/(?!localhost|127\.)[^\n]{0,600}?(?:\bwhile\s+read\b|\beval\b|\b(?:ba)?sh\b[^\n]{0,40}[<>]&\s*\d)/s;

const remoteShell: Sign = (text) => {
  if (SHELL_STREAM.test(text)) return found('remote-shell', 'exec … /dev/tcp');
  const match = REMOTE_SHELL.exec(text);
  if (match === null) return undefined;
  const [, shell, netcat, socat] = match;
  if (shell !== undefined) return found('remote-shell', `${shell} -i … /dev/tcp`);
  return found('remote-shell', netcat === undefined ? (socat ?? 'sh -i … | nc') : `${netcat} -e sh`);
};

/** Tokens in what is sent, not those that authorize a request. */
const TOKEN_SENT = new RegExp(
  String.raw`${COMMAND}${DOWNLOADER}(?:${ARGUMENTS}\s)?(?:(?:-d|--data[\w-]*|-F|--form|--post-data)[\s=]*["']?[^\s"']{0,100}|["']?https?:[^\s"']{0,200}[?&][\w-]*=)\$\{?(?:NPM_TOKEN|NODE_AUTH_TOKEN|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN)\b`,
);
const POSTS = /\b(iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b[^;|\n]{0,500}\s-Body\b/i;
const POWERSHELL_NAMES =
  /\$env:(?:COMPUTERNAME|USERNAME|USERDOMAIN)\b|\b(?:gci|dir|ls|Get-ChildItem)\s+env:/i;

const sendsData: Sign = (text, { sent }) => {
  const posted = POWERSHELL_NAMES.test(text) ? POSTS.exec(text)?.[1] : undefined;
  if (posted !== undefined) return found('sends-data', `${posted} … -Body …`);
  if (sent !== undefined) return found('sends-data', sent);
  const token = TOKEN_SENT.exec(text)?.[1];
  return token === undefined ? undefined : found('sends-data', `${token} … (a token)`);
};

const processMemory: Sign = (text) =>
  isSecretPattern(text) || (readsMemory(text) && namesSecretHolder(text))
    ? found('process-memory', '/proc/…/mem')
    : undefined;

/** Hosts at which anybody can read what is sent to them, used by most published attacks of this kind. */
const COLLECTORS =
  /\b(webhook\.site|[\w-]{1,63}\.ngrok(?:-free)?\.(?:io|app|dev)|pipedream\.net|requestbin\.[a-z]+|oast\.(?:pro|live|site|online|fun|me)|interact\.sh|burpcollaborator\.net|oastify\.com|dnslog\.cn|pastebin\.com\/raw|discord(?:app)?\.com\/api\/webhooks|api\.telegram\.org\/bot|canarytokens\.com)/i;
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
    /\b(rundll32)(?:\.exe)?\s+\S|\b(mshta)(?:\.exe)?\s+["']?(?:https?|javascript|vbscript):|\b(regsvr32)(?:\.exe)?\s[^|;&\n]{0,100}\/i:["']?https?:|\b(msiexec)(?:\.exe)?\s[^|;&\n]{0,100}\bhttps?:|\b(certutil)(?:\.exe)?\s[^|;&\n]{0,100}[-/]urlcache\b|\b(bitsadmin)(?:\.exe)?\s[^|;&\n]{0,100}\/transfer\b/i.exec(
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

const persistence: Sign = (text) => {
  const match =
    /(?:>>?|\btee\s+(?:-a\s+)?)\s*["']?(?:~|\$HOME|\$\{HOME\}|\/root|\/home\/[\w.-]+)\/\.?((?:bash|zsh)rc|(?:bash_|zsh|z)?profile|ssh\/authorized_keys)\b|\|\s*(crontab)\s+-(?=$|[\s"';&|)])/.exec(
      text,
    );
  if (match === null) return undefined;
  return found('persistence', match[2] === undefined ? `… >> ~/.${match[1]}` : '… | crontab');
};

const hidden: Sign = (text) => {
  const blanks = /\S([ \t\u00a0]{100,})\S/.exec(text)?.[1];
  return blanks === undefined ? undefined : found('hidden', `${blanks.length} blanks`);
};

const workflow: Sign = (_, { pushesWorkflow }) =>
  pushesWorkflow ? found('workflow', 'git push') : undefined;

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
  processMemory,
  collector,
  cloudMetadata,
  systemTool,
  droppedFile,
  persistence,
  workflow,
  hidden,
  tlsOff,
];

function found(suspicion: Suspicion, outline: string): SuspiciousScript {
  return { suspicion, outline };
}
