import type { Suspicion } from '../../read/project/suspicion.ts';
import { decodeBase64 } from '../../read/text/encoding.ts';
import type { ModuleText } from './module-text.ts';
import { suspiciousScript } from './suspicious-script.ts';

/** Something suspicious in a file, with the offset at which it starts in the canonical code of its module. */
export interface SuspiciousCode {
  readonly suspicion: Suspicion;
  /** Names of programs and functions alone, as the code may hold tokens. */
  readonly outline: string;
  readonly at: number;
}

/** What the files of one script do together. */
export interface TogetherWith {
  readonly opensConnections: boolean;
  readonly startsPrograms: boolean;
}

/**
 * Returns the first thing in a module that no install needs. Installers download programs, start them, and read variables,
 * all in one file: none of that counts by itself.
 */
export function suspiciousModule(module: ModuleText, together: TogetherWith): SuspiciousCode | undefined {
  for (const sign of SIGNS) {
    const found = sign(module, together);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Sign = (module: ModuleText, together: TogetherWith) => SuspiciousCode | undefined;

/** In larger files, such as bundles, two things need not have to do with each other. */
const LARGEST_FILE = 60_000;

/** Runs a text as code. Bundles run `eval("require")` and `Function("return this")`. */
const RUNS = String.raw`(?:(?<![.\w$])eval|(?<![.\w$])(?:new )?Function|\bvm\.runIn\w*|\b_compile)\(`;
const RUNS_VALUE = new RegExp(String.raw`${RUNS}(?:"\w+",)*(?!["\s)]|this\b)`);

const ANSWER_RUN = new RegExp(
  String.raw`(?:\.on\("(?:data|end)",|\.then\()(?:async )?(?:function ?\w*\([\w$,]*\)|\([\w$,]*\)=>|[\w$]+=>)\{?[^{}]{0,400}?${RUNS}(?!")|${RUNS}(?:await |\(await )`,
);

const remoteCode: Sign = ({ code }, { opensConnections }) => {
  if (!opensConnections) return undefined;
  const answer = ANSWER_RUN.exec(code);
  if (answer !== null) return found('remote-code', 'eval(…) of a response', answer.index);
  if (code.length > LARGEST_FILE) return undefined;
  const run = RUNS_VALUE.exec(code);
  return run === null
    ? undefined
    : found('remote-code', `${nameIn(run[0])} of a text, and a download`, run.index);
};

/** A remote program by the number of its machine. Private networks and public name servers are normal. */
const NUMBERED =
  /^https?:\/\/(?!(?:127|10|0)\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|(?:1\.1\.1\.1|1\.0\.0\.1|8\.8\.[48]\.[48])\b)\d{1,3}(?:\.\d{1,3}){3}(?=[:/])/;

const numberedHost: Sign = ({ strings }, { opensConnections, startsPrograms }) => {
  if (!opensConnections || !startsPrograms) return undefined;
  const host = strings.find(({ value }) => NUMBERED.test(value));
  return host && found('remote-code', 'a download from an IP address', host.at);
};

/** The calls that decode a text. */
const DECODED = String.raw`(?:atob\(|Buffer\.from\("[^"]*","(?:base64|hex)"|Buffer\.from\(\[\d+,\d+,\d+,\d+|String\.fromCharCode\(\d+,\d+,\d+|unescape\("%|decodeURIComponent\("%)`;
const STARTS = String.raw`(?:${RUNS}|(?<![.\w$])(?:exec|execSync|spawn|spawnSync|require|import)\(|\b(?:child_process|cp|childProcess|require\("(?:node:)?child_process"\))\.(?:exec|spawn)\w*\()`;
const DECODED_RUN = new RegExp(String.raw`${STARTS}(?:new |await |[\w$.]+\(){0,3}${DECODED}`);
const KEPT = new RegExp(String.raw`(?<![.\w$])([\w$]+)=(?:[\w$.]+\(){0,2}${DECODED}`, 'g');
const DATA_MODULE = /\b(?:require|import)\("data:/;

const encodedCode: Sign = ({ code }) => {
  const run = DECODED_RUN.exec(code) ?? DATA_MODULE.exec(code);
  if (run !== null) return found('encoded-code', `${nameIn(run[0])} of a decoded text`, run.index);
  let left = MOST_NAMES;
  for (const { 1: name, index } of code.matchAll(KEPT)) {
    if (left-- === 0) return undefined;
    const later = new RegExp(`${STARTS}${escaped(name!)}[),.]`).exec(code);
    if (later !== null) return found('encoded-code', `${nameIn(later[0])} of a decoded text`, index);
  }
  return undefined;
};

const MOST_NAMES = 50;

const DECRYPTS = /\bcreateDecipher(?:iv)?\(/;

const decryptedCode: Sign = ({ code }) => {
  const decrypts = code.length > LARGEST_FILE ? null : DECRYPTS.exec(code);
  const run = decrypts === null ? null : RUNS_VALUE.exec(code);
  return run === null ? undefined : found('encoded-code', `${nameIn(run[0])} of a decrypted text`, run.index);
};

/** The text `http://` or `https://` in base64. */
const ENCODED_URL = /^aHR0c(?:DovL|HM6Ly)/;
const ENCODED = /^[A-Za-z0-9+/_-]{16,}={0,2}$/;
/** What is hidden for no other reason than not to be read. */
const HIDDEN =
  /\bchild_process\b|\/bin\/(?:ba)?sh\b|\bpowershell\b|\brequire\(|\beval\(|^(?:curl|wget|node|npm)\s/;
const DECODES = /(?<![.\w$])atob\(|,"base64"\)/;

const hiddenText: Sign = ({ code, strings }) => {
  if (!DECODES.test(code)) return undefined;
  for (const { value, at } of strings) {
    if (ENCODED_URL.test(value)) return found('obfuscated', 'a URL in base64', at);
    if (ENCODED.test(value) && value.length < LONGEST_DECODED && HIDDEN.test(decodeBase64(value)))
      return found('obfuscated', 'a command in base64', at);
  }
  return undefined;
};

const LONGEST_DECODED = 4000;

/** Names as a well-known obfuscator makes them. */
const OBFUSCATED = /\b_0x[0-9a-f]{4,6}\b/g;
const MOST_OBFUSCATED = 30;

const obfuscated: Sign = ({ code }) => {
  let count = 0;
  for (const { index } of code.matchAll(OBFUSCATED))
    if (++count === MOST_OBFUSCATED) return found('obfuscated', 'names such as _0x1a2b', index);
  return undefined;
};

/** What a text that is run as a command line begins with. */
const COMMAND =
  /^\s*(?:sudo |cmd(?:\.exe)? |powershell|pwsh|(?:ba|z)?sh |curl |wget |nc |echo |cd |export |set |npx |node |rm |\(|\[ |nslookup |dig )/i;
const STARTER = String.raw`\b\w{0,40}(?:exec|spawn|run|shell)\w{0,40}\((?:(?:"[^"]*"|[\w$.]+),)?\[?(?:"[^"]*",){0,5}`;
const STARTED_HERE = new RegExp(`${STARTER}$`, 'i');
const KEPT_IN = /(?:^|[^\w$.])([\w$]+)=(?:[^;{}]{0,120}[?:])?$/;

/** Real files have fewer. */
const MOST_COMMANDS = 500;

const commandLine: Sign = ({ code, strings }, { startsPrograms }) => {
  if (!startsPrograms) return undefined;
  // Other texts, such as hints to the user, only mention programs.
  const isRun = (at: number) => {
    const before = code.slice(Math.max(0, at - 200), at);
    if (STARTED_HERE.test(before)) return true;
    const name = KEPT_IN.exec(before)?.[1];
    return name !== undefined && new RegExp(String.raw`${STARTER}${escaped(name)}(?![\w$])`, 'i').test(code);
  };
  let left = MOST_COMMANDS;
  for (const { value, at } of strings) {
    if (!COMMAND.test(value)) continue;
    if (left-- === 0) return undefined;
    const script = suspiciousScript(value);
    if (script !== undefined && script.suspicion !== 'hidden' && isRun(at)) return { ...script, at };
  }
  return undefined;
};

const WHOLE_ENVIRONMENT =
  /\bstringify\((?:\{[^{}]{0,300}?)?(?:\.\.\.|\w+:)?process\.env(?=[,)}])|(?<![\w$])(?:body|data|payload|form|json):process\.env(?=[,)}])|\$\{JSON\.stringify\(process\.env\)/;
const USER = /\.(?:userInfo|homedir)\(|"whoami"|\bprocess\.env\.(?:USER|USERNAME|LOGNAME)\b/;
const MACHINE = /\.hostname\(|"hostname"(?=[,)])/;
const SENDS =
  /method:"POST"|\.request\(|\.post\(|(?<![.\w$])fetch\(|\.(?:lookup|resolve4?|resolveTxt)\(|https?\.get\(/;
const READS = /\b(?:readFile|readFileSync|createReadStream|copyFile|copyFileSync)\(/;
/** Names of variables with tokens of different services. */
const TOKENS = [
  /\b(?:NPM_TOKEN|NODE_AUTH_TOKEN)\b/,
  /\bAWS_SECRET_ACCESS_KEY\b/,
  /\b(?:GITHUB_TOKEN|GH_TOKEN)\b/,
];

const sendsData: Sign = (module, { opensConnections }) => {
  const { code, strings } = module;
  if (!opensConnections) return undefined;
  const environment = WHOLE_ENVIRONMENT.exec(code);
  if (environment !== null) return found('sends-data', 'all environment variables', environment.index);
  const scanner = strings.find(({ value }) => /\btrufflehog\b/i.test(value));
  if (scanner !== undefined) return found('sends-data', 'trufflehog', scanner.at);
  if (code.length > LARGEST_FILE) return undefined;
  const file = READS.test(code) ? strings.find(({ value }) => SECRET_FILE.test(value)) : undefined;
  if (file !== undefined) return found('sends-data', 'a file with credentials', file.at);
  const npmrc = /\b_authToken\b/.test(code) && READS.test(code) ? strings.find(isNpmrc) : undefined;
  if (npmrc !== undefined) return found('sends-data', 'the tokens of .npmrc', npmrc.at);
  if (TOKENS.every((token) => token.test(code)))
    return found('sends-data', 'variables with tokens', code.search(TOKENS[0]!));
  const machine = MACHINE.exec(code);
  if (machine === null || !USER.test(code) || !SENDS.test(code)) return undefined;
  return found('sends-data', 'the names of user and machine', machine.index);
};

/** Files that no installer has a reason to read. */
const SECRET_FILE =
  /(?:^|[/\\~])\.(?:ssh[/\\]|ssh$|aws[/\\]|aws$|gnupg|kube[/\\]|git-credentials|docker[/\\]config\.json|config[/\\]gcloud)|(?:^|[/\\])id_(?:rsa|ed25519|ecdsa)$|^wallet\.dat$|^Login Data$/;

function isNpmrc({ value }: { readonly value: string }): boolean {
  return /(?:^|[/\\])\.npmrc$/.test(value);
}

/** Hosts at which anybody can read what is sent to them; see the same sign of command lines. */
const COLLECTOR =
  /(?:^|\/\/|\.)(webhook\.site|ngrok(?:-free)?\.(?:io|app|dev)|pipedream\.net|requestbin\.[a-z]+|oast\.(?:pro|live|site|online|fun|me)|interact\.sh|burpcollaborator\.net|oastify\.com|dnslog\.cn|canarytokens\.com)(?=$|[:/])|\b(pastebin\.com)\/raw\/|\b(discord(?:app)?\.com)\/api\/webhooks|\b(api\.telegram\.org)\/bot/i;
const SCHEME_OR_HOST = /^https?:\/\//i;

const collector: Sign = ({ code, strings }, { opensConnections }) => {
  if (!opensConnections) return undefined;
  for (const { value, at } of strings) {
    const host = COLLECTOR.exec(value)
      ?.slice(1)
      .find((name) => name !== undefined);
    const isHost =
      SCHEME_OR_HOST.test(value) || /(?:host|hostname"?):$/.test(code.slice(Math.max(0, at - 12), at));
    if (host !== undefined && isHost) return found('collector', host.toLowerCase(), at);
  }
  return undefined;
};

const cloudMetadata: Sign = ({ code, strings }, { opensConnections }) => {
  // Libraries for a cloud have its address, and many are in bundles.
  const isSmall = code.length <= LARGEST_FILE;
  const host =
    opensConnections && isSmall
      ? strings.find(({ value }) => /^(?:https?:\/\/)?169\.254\.(?:169\.254|170\.2)(?=$|[:/])/.test(value))
      : undefined;
  return (
    host && found('cloud-metadata', host.value.replace(/^https?:\/\//, '').replace(/[:/].*$/s, ''), host.at)
  );
};

const SHELL = /\bspawn\("(?:\/bin\/)?(?:ba|z)?sh"|\bspawn\("cmd(?:\.exe)?"|\bexec\("\/bin\/(?:ba)?sh"/;
const TO_SHELL = /\.pipe\([\w$.]+\.stdin\)/;

const remoteShell: Sign = ({ code }, { opensConnections }) => {
  const piped = opensConnections && SHELL.test(code) ? TO_SHELL.exec(code) : null;
  return piped === null ? undefined : found('remote-shell', 'a connection piped to a shell', piped.index);
};

const systemTool: Sign = ({ strings }, { startsPrograms }) => {
  const tool = startsPrograms
    ? strings.find(({ value }) => /^(?:rundll32|regsvr32|mshta)(?:\.exe)?$/i.test(value))
    : undefined;
  const isOwn = strings.some(
    ({ value }) => /\.dll\b/i.test(value) && !/^(?:url|shell32|user32)\.dll/i.test(value),
  );
  return tool !== undefined && isOwn
    ? found('system-tool', `${tool.value.toLowerCase().replace(/\.exe$/, '')} …`, tool.at)
    : undefined;
};

const persistence: Sign = ({ code, strings }) => {
  if (!/\b(?:appendFile|writeFile)(?:Sync)?\(/.test(code)) return undefined;
  const keys = strings.find(({ value }) => /(?:^|[/\\])authorized_keys$/.test(value));
  return keys && found('persistence', 'writes authorized_keys', keys.at);
};

const TLS_OFF = /\bprocess\.env(?:\.|\[")NODE_TLS_REJECT_UNAUTHORIZED(?:"\])?=(?:"0"|0\b)/;

const tlsOff: Sign = ({ code }) => {
  const off = TLS_OFF.exec(code);
  return off === null ? undefined : found('tls-off', 'NODE_TLS_REJECT_UNAUTHORIZED=0', off.index);
};

const SIGNS: readonly Sign[] = [
  ...[remoteShell, encodedCode, decryptedCode, commandLine, hiddenText, collector, sendsData],
  ...[cloudMetadata, remoteCode, numberedHost, systemTool, persistence, obfuscated, tlsOff],
];

function escaped(name: string): string {
  return name.replaceAll('$', String.raw`\$`);
}

/** Returns the name of the function in `vm.runInThisContext(`. */
function nameIn(call: string): string {
  const name = /([\w$]+)\(/.exec(call.replace(/^new /, ''))?.[1] ?? 'eval';
  return `${name}(…)`;
}

function found(suspicion: Suspicion, outline: string, at: number): SuspiciousCode {
  return { suspicion, outline, at };
}
