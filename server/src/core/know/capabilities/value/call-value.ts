import type { SyntaxNode } from '../../../read/source/syntax.ts';
import { effectOf, servesRequests } from '../effects/effect-of.ts';
import { hostKind, hostsIn } from '../effects/hosts.ts';
import type { Called } from './called.ts';
import { isConfigured, targetsOf } from './configured.ts';
import { decodeText, foldMethod, joinPieces } from './fold.ts';
import { Label, labelsOfName, NAMES, PATHS, WANTED } from './labels.ts';
import { callRef, globalRef, isLoader, memberRef, moduleRef, refValue } from './refs.ts';
import { type CallPlace, type Given, keyName } from './scope.ts';
import { credentialKinds, textLabels } from './text-labels.ts';
import {
  either,
  exactText,
  type FunctionNode,
  labelled,
  pieceOf,
  UNKNOWN,
  type Value,
  withLabels,
  withoutLabels,
} from './value.ts';

/** A call with what it is evaluated with. */
export interface CallContext extends CallPlace {
  readonly depth: number;
  readonly given: Given | undefined;
}

export interface Tools {
  /** Returns what a file of the program is; undefined if the specifier means none. */
  load(specifier: string, at: CallContext): Value | undefined;
  /** Returns what a promise has that a function settles. */
  settled(fn: FunctionNode, at: CallContext): Value;
  returnOf(fn: FunctionNode, at: CallContext): Value;
  /** Returns the result of a pure function; undefined if it is not one. */
  apply(fn: FunctionNode, args: readonly Value[], at: CallContext): Value | undefined;
}

const PREDICATE =
  /^(?:test|includes|startsWith|endsWith|indexOf|lastIndexOf|has|hasOwnProperty|isArray|isBuffer|existsSync|exists|pathExists|pathExistsSync|isFile|isDirectory|statSync|lstatSync|localeCompare|isInteger|isNaN|byteLength)$/;
const ONE_WAY =
  /hash|hmac|sign|verify|digest|derive|toPublic|getPublic|publicKey|scrypt|pbkdf|sha\d|md5|uuid|checksum/i;
/** Calls whose result holds all that they are given; what others take from the environment is not all of it. */
const SERIALIZER =
  /^(?:JSON\.\w+|Object\.\w+|Buffer(?:\.from)?|btoa|URLSearchParams|FormData|Blob|structuredClone|TextEncoder\(\)\.encode|mod:(?:zlib|querystring|qs|util|crypto|buffer|flatted|form-data|v8)\b.*)$/;
const COPIES =
  /^(?:map|filter|reduce|flatMap|join|concat|slice|sort|reverse|flat|toString|from|entries|fromEntries|stringify|toJSON|encode|append|then|replace|replaceAll|trim|substring|match|split|push|update|final|digest)$/;
const MOST_MAPPED = 600;

/** Returns what a call may return. */
export function callValue({ callee, object, method, args }: Called, call: CallContext, tools: Tools): Value {
  const ref = callee.ref;
  // A bound function is called as the function itself.
  if (method === 'bind' && object === UNKNOWN && (ref !== undefined || callee.fn !== undefined))
    return callee;
  const argLabels = args.reduce((all, one) => all | one.labels, 0);
  if (ref !== undefined) {
    const specifier = isLoader(ref) ? exactText(args[0] ?? UNKNOWN) : undefined;
    const file = specifier === undefined ? undefined : tools.load(specifier, call);
    if (file !== undefined) return file;
    if (ref === 'Promise' && args[0]?.fn !== undefined) return tools.settled(args[0].fn, call);
    const found = knownCall(ref, object, method, args, argLabels);
    if (found !== undefined) return withLabels(found, callee.labels & (Label.piecedName | Label.decodedName));
  }
  if (call.node.type === 'TaggedTemplateExpression') return labelled(argLabels);
  const folded = method === 'toString' && isEncoding(args[0]) ? undefined : foldMethod(object, method, args);
  if (folded !== undefined)
    return folded.text === undefined ? folded : withLabels(folded, textLabels(folded.text));
  if (object.list !== undefined && (method === 'map' || method === 'flatMap')) {
    const fn = args[0]?.fn;
    const list = object.list
      .slice(0, MOST_MAPPED)
      .map(
        (one, at) =>
          (fn && tools.apply(fn, [one, { labels: 0, number: at }], call)) ?? labelled(one.labels | argLabels),
      );
    return { labels: list.reduce((all, one) => all | one.labels, object.labels), list };
  }
  if (callee.fn !== undefined) {
    const isAnyKnown = args.some(
      (one) =>
        pieceOf(one) !== undefined || one.list !== undefined || one.ref !== undefined || one.fn !== undefined,
    );
    const exact = isAnyKnown ? tools.apply(callee.fn, args, call) : undefined;
    const returned = exact ?? tools.returnOf(callee.fn, call);
    return returned;
  }
  if (method === 'then' && makesModule(args[0]?.fn, call, tools))
    return refValue('WebAssembly.instantiate()');
  if (PREDICATE.test(method)) return labelled((object.labels | argLabels) & Label.place);
  let labels = callee.labels | object.labels | (argLabels & ~NAMES);
  const mapped = method === 'map' || method === 'flatMap' ? args[0]?.fn : undefined;
  if (mapped !== undefined) labels |= tools.returnOf(mapped, call).labels & (Label.decoded | Label.codes);
  if (ONE_WAY.test(method) || (ref !== undefined && ONE_WAY.test(ref)))
    labels &= ~(Label.key | Label.secret | Label.credential | Label.machine | Label.environment);
  if (!SERIALIZER.test(ref ?? '') && !COPIES.test(method)) labels &= ~Label.environment;
  // A single cookie is no secret.
  if (ref?.startsWith('document.cookie.') === true && method !== 'toString') labels &= ~Label.entered;
  if (ref === undefined) return labelled(labels);
  return withLabels(refValue(callRef(ref)), labels & ~PATHS);
}

/** Checks for a function that returns what a module for WebAssembly is made to. */
function makesModule(fn: FunctionNode | undefined, call: CallContext, tools: Tools): boolean {
  if (fn === undefined) return false;
  const body = fn.body as SyntaxNode | null | undefined;
  const only = body?.type === 'BlockStatement' ? (body.body as SyntaxNode[])[0] : undefined;
  const made = only?.type === 'ReturnStatement' ? (only.argument as SyntaxNode | null) : body;
  if (made?.type !== 'CallExpression' || calleeName(made.callee as SyntaxNode) !== 'WebAssembly')
    return false;
  // It may be a name of the code itself.
  return tools.returnOf(fn, call).ref?.startsWith('WebAssembly.') === true;
}

function calleeName(callee: SyntaxNode): string {
  return callee.type === 'MemberExpression' ? keyName(callee.object as SyntaxNode) : '';
}

/** Checks for a URL without a host, as the URL standard reads it: backslashes are slashes, and tabs do not count. */
function isPath(text: string): boolean {
  return !/^(?:[a-z][\w+.-]*:|[\\/]{2})/i.test(text.trim().replace(/[\t\n\r]/g, ''));
}

function isEncoding(value: Value | undefined): boolean {
  return /^(?:base64(?:url)?|hex)$/i.test(value?.text ?? '');
}

function knownCall(
  ref: string,
  object: Value,
  method: string,
  args: readonly Value[],
  labels: number,
): Value | undefined {
  const [first = UNKNOWN, second = UNKNOWN] = args;
  if (isLoader(ref)) {
    const name = exactText(first);
    if (name !== undefined) return withLabels(refValue(moduleRef(name)), labelsOfName(first.labels));
    return { labels: first.labels, ref: 'mod:*' };
  }
  if (ref.startsWith('returns:')) return refValue(ref.slice(8));
  switch (ref) {
    case 'require.resolve':
    case 'mod:module.createRequire().resolve':
      return {
        labels: Label.package | first.labels,
        text: `node_modules/${exactText(first) ?? '…'}/index.js`,
        isPartial: true,
      };
    case 'Reflect.get':
      return object.ref === undefined ? labelled(object.labels) : refValue(memberRef(object.ref, method));
    case 'Function':
    case 'eval':
    case 'mod:vm.runInThisContext': {
      const last = exactText(args.at(-1) ?? UNKNOWN);
      const path = /^\s*(?:return\s+)?\(?([\w$.]+)\)?;?\s*$/.exec(last ?? '')?.[1];
      const named =
        path === undefined
          ? undefined
          : path === 'this'
            ? 'global'
            : path.split('.').reduce((at, name) => (at === '' ? globalRef(name) : memberRef(at, name)), '');
      if (named === undefined) return { labels, ref: 'compiled' };
      return { labels: 0, ref: ref === 'Function' ? `returns:${named}` : named };
    }
    case 'mod:path.join':
    case 'mod:path.resolve':
    case 'mod:path.normalize':
    case 'mod:path.posix.join':
    case 'mod:path.win32.join':
      return spreadsOf(args).map(joinPath).reduce(either);
    case 'mod:path.dirname':
      return { labels: first.labels, text: first.text?.replace(/\/[^/]*$/, ''), isPartial: first.isPartial };
    case 'URL':
    case 'mod:url.URL':
      // A path has the host of its base.
      if (second !== UNKNOWN && first.text !== undefined && isPath(first.text))
        return withLabels(second, first.labels);
      return { labels: first.labels | second.labels, text: first.text, isPartial: first.isPartial };
    case 'mod:url.fileURLToPath':
    case 'mod:url.pathToFileURL':
    case 'mod:util.promisify':
    case 'String':
    case 'Object.freeze':
    case 'Object.getPrototypeOf':
    case 'Promise.resolve':
    case 'encodeURIComponent':
    case 'encodeURI':
    case 'mod:fs.realpathSync':
      return ref.startsWith('encode') ? { ...first, isPartial: true } : first;
    case 'Object.assign':
      return withLabels(first, labels);
    case 'Object.keys':
    case 'Object.values':
    case 'Object.entries': {
      if (first.members === undefined || ref === 'Object.entries') return labelled(first.labels);
      const list =
        ref === 'Object.keys'
          ? [...first.members.keys()].map((text) => ({ labels: textLabels(text), text }))
          : [...first.members.values()];
      return { labels: first.labels, list };
    }
    case 'Array.from':
    case 'Uint8Array':
    case 'Uint8Array.from':
    case 'Uint8Array.of':
      return ref.endsWith('.of')
        ? { labels, list: args }
        : first.text !== undefined && first.isPartial !== true
          ? { labels, list: [...first.text].slice(0, 5000).map((text) => ({ labels, text })) }
          : withLabels(first, labels);
    case 'mod:os.homedir':
    case 'mod:untildify':
      return ref.endsWith('homedir') ? { labels: Label.home, text: '~' } : first;
    case 'mod:os.tmpdir':
      return { labels: Label.temporary, text: '/tmp' };
    case 'process.cwd':
    case 'mod:process.cwd':
      return { labels: 0, text: '<cwd>' };
    case 'atob':
    case 'window.atob':
    case 'mod:buffer.atob':
      return decodeText(first, 'base64');
    case 'Buffer':
    case 'Buffer.from':
    case 'mod:buffer.Buffer.from':
    case 'mod:buffer.Buffer': {
      if (first.list !== undefined) return codesToText(first.list, labels);
      const encoding = exactText(second) ?? (args.length > 1 ? 'base64' : 'utf8');
      return decodeText(first, encoding);
    }
    case 'unescape':
    case 'decodeURIComponent':
    case 'decodeURI':
      return first.text?.includes('%') === false ? first : decodeText(first, 'uri');
    case 'String.fromCharCode':
    case 'String.fromCodePoint':
      return codesToText(args.length === 1 && first.list !== undefined ? first.list : args, labels);
    case 'TextDecoder().decode':
    case 'mod:util.TextDecoder().decode':
      return first.list === undefined ? labelled(first.labels) : codesToText(first.list, labels);
    case 'parseInt':
    case 'Number':
    case 'Number.parseInt': {
      const text = pieceOf(first);
      const number =
        text === undefined
          ? Number.NaN
          : ref === 'Number'
            ? Number(text)
            : Number.parseInt(text, second.number ?? 10);
      return Number.isNaN(number) ? labelled(first.labels) : { labels: first.labels, number };
    }
    case 'Date':
      return args.length > 0 ? { labels: 0, ref: 'Date.fixed' } : undefined;
    case 'navigator.clipboard.readText':
      return labelled(Label.clipboard);
    case 'Intl.DateTimeFormat':
    case 'Intl.DateTimeFormat().resolvedOptions':
      return { labels: Label.place, ref: `${ref}()` };
  }
  if (
    /^mod:crypto\.(?:createHash|createHmac|createSign|createVerify|randomBytes|randomUUID|scrypt\w*|pbkdf2\w*|hash)\b/.test(
      ref,
    )
  )
    return { labels: 0, ref: callRef(ref) };
  if (/^mod:crypto\.(?:createDecipher\w*|privateDecrypt|publicDecrypt)/.test(ref))
    return { labels: labels | Label.decoded, ref: callRef(ref) };
  // What a module for WebAssembly was made from is not what it computes. What it can call may hand over anything.
  if (/^WebAssembly\.(?:(?:compile|instantiate)(?:Streaming)?|Module|Instance)$/.test(ref))
    return { labels: second.labels & WANTED, ref: callRef(ref) };
  if (/^mod:(?:clipboardy\.read\w*|copy-paste\.paste)/.test(ref)) return labelled(Label.clipboard);
  if (servesRequests(ref)) return { labels: Label.request, ref: callRef(ref) };
  if (/^mod:https?\.(?:request|get)\(\)\.getHeaders?$/.test(ref)) return labelled(Label.captured);
  if (isEntered(ref, first.text ?? '')) return { labels: Label.entered, ref: callRef(ref) };
  switch (effectOf(ref)) {
    case 'read':
      return labelled(
        (labels & ~PATHS) |
          (labels & (Label.credentialPath | Label.userListing) ? Label.credential : 0) |
          (ASSET.test(first.text ?? '') ? Label.asset : 0),
      );
    case 'list':
      return labelled(
        (labels & (Label.own | Label.home | Label.userListing)) |
          Label.listing |
          (/^~\/?$/.test(first.text ?? '') ? Label.userListing : 0),
      );
    case 'network': {
      const isPlace = hostsIn(first.text ?? '').some((host) => hostKind(host) === 'place');
      const socket = /^mod:(?:net|tls)\./.test(ref) ? Label.socket : 0;
      const configured = isConfigured(targetsOf(args)) ? Label.configured : 0;
      return { labels: Label.remote | socket | configured | (isPlace ? Label.place : 0), ref: callRef(ref) };
    }
    case 'process':
      return {
        labels: commandTexts(args).reduce((all, text) => all | commandLabels(text), 0),
        ref: callRef(ref),
      };
  }
  return undefined;
}

/** Returns the arguments with the elements of a list that is spread, for each list that it may be. */
function spreadsOf(args: readonly Value[]): readonly (readonly Value[])[] {
  const at = args.findIndex(({ list }) => list !== undefined);
  const spread = args[at];
  if (spread === undefined) return [args];
  return [spread, ...(spread.others ?? [])].map(({ list, labels }) => [
    ...args.slice(0, at),
    ...(list ?? [labelled(labels)]),
    ...args.slice(at + 1),
  ]);
}

function joinPath(pieces: readonly Value[]): Value {
  const joined = withoutLabels(joinPieces(pieces, '/'), Label.pieced);
  if (joined.text === undefined) return joined;
  const text = joined.text.replace(/\/{2,}/g, '/').replace(/^(?:\.\/)+/, './');
  return { ...joined, text, labels: joined.labels | textLabels(text) | packageLabel(text) };
}

/** Files that no program reads as code. */
const ASSET =
  /\.(?:png|jpe?g|gif|ico|webp|bmp|woff2?|ttf|otf|eot|mp[34]|wav|ogg|pdf|node|exe|dll|so|dylib|zip|gz|tgz|lock|log)$/i;

/** Modules that take what shows on the screen, what the camera and the microphone get, or all keys. */
const RECORDERS =
  /^mod:(?:screenshot-desktop|desktop-screenshot|node-webcam|node-record-lpcm16|node-global-key-listener|iohook|uiohook-napi|keylogger\.js)\b/;

/** Checks for calls whose results or callbacks have what people enter. */
function isEntered(ref: string, text: string): boolean {
  if (RECORDERS.test(ref)) return true;
  if (/^document\.(?:querySelector(?:All)?|getElementsBy\w+|getElementById)$/.test(ref))
    return /passw|passphrase|mnemonic|seed|\bcvv|\bcvc|card-?_?(?:num|no\b)|private-?_?key/i.test(text);
  return /^(?:document\.(?:body\.)?)?addEventListener$/.test(ref) && /^key(?:down|up|press)$/.test(text);
}

/** Returns the commands that a call may start, for each of the values that its arguments may have. */
export function commandTexts(args: readonly Value[]): readonly string[] {
  const [first = UNKNOWN, second] = args;
  const firsts = [first, ...(first.others ?? [])];
  const seconds = second === undefined ? [] : [second, ...(second.others ?? [])];
  const texts = new Set<string>();
  for (let at = 0; at < Math.max(firsts.length, seconds.length); at++) {
    const next = seconds[at] ?? second;
    texts.add(commandText(next === undefined ? [firsts[at] ?? first] : [firsts[at] ?? first, next]));
  }
  return [...texts];
}

/** Returns the command that a call of a process starts, as far as it is known. */
function commandText(args: readonly Value[]): string {
  const [first = UNKNOWN, second] = args;
  const words = second?.list === undefined ? [first] : [first, ...second.list];
  return words
    .map((word) => pieceOf(word) ?? '…')
    .join(' ')
    .slice(0, 4000);
}

/** Returns what the output of a command is. */
function commandLabels(command: string): number {
  let labels = 0;
  if (
    /\b(?:gh auth token|npm (?:token|config get \S*_?auth|config get \/\/)|security find-(?:generic|internet)-password|git credential|aws (?:configure get|sts|secretsmanager)|gcloud auth print|az account get-access-token|kubectl (?:get|config view)|op (?:read|item)|printenv|trufflehog|gitleaks)\b/.test(
      command,
    ) ||
    (/\b(?:cat|type|tar|zip|grep)\b/.test(command) && credentialKinds(command).length > 0)
  )
    labels |= Label.credential;
  if (
    /^(?:\S*\/)?(?:whoami|hostname|ifconfig|ipconfig|systeminfo|id|uname -a|ip addr|arp|netstat|tasklist|ps aux)\b/.test(
      command,
    )
  )
    labels |= Label.machine;
  if (/^(?:printenv|env|set)$/.test(command.trim())) labels |= Label.environment;
  if (READS_CLIPBOARD.test(command)) labels |= Label.clipboard;
  return labels;
}

export const READS_CLIPBOARD = /\b(?:pbpaste|xclip\b.*-o|xsel\b.*-(?:o|-output)|Get-Clipboard|wl-paste)\b/;

function packageLabel(text: string): number {
  return /(?:^|\/)node_modules\/[^/.…]/.test(text) ? Label.package : 0;
}

function codesToText(list: readonly Value[], labels: number): Value {
  const codes = list.map(({ number }) => number);
  if (codes.length === 0 || codes.some((code) => code === undefined))
    return labelled(labels | Label.decoded | Label.codes);
  return {
    labels: labels | Label.decoded,
    text: codes.map((code) => String.fromCharCode(code! & 0xffff)).join(''),
  };
}
