import { effectOf, servesRequests } from '../effects/effect-of.ts';
import { hostKind, hostsIn } from '../effects/hosts.ts';
import { commandLabels, commandTexts, inputReader, sendsInput } from './command-texts.ts';
import { isClient, isConfigured, isOwnSocket, targetsOf } from './configured.ts';
import { decodeText, joinPieces } from './fold.ts';
import { Label, labelsOfName, PATHS, WANTED } from './labels.ts';
import { memberOf } from './member-of.ts';
import { formCall, isForm } from './page-forms.ts';
import { callRef, globalRef, isLoader, isMisread, memberRef, moduleRef, refValue } from './refs.ts';
import { textLabels } from './text-labels.ts';
import {
  either,
  exactText,
  labelled,
  pieceOf,
  UNKNOWN,
  type Value,
  withLabels,
  withoutLabels,
} from './value.ts';

/** Returns what a call of a path that is known makes of its arguments; undefined if that is not known. */
export function knownCall(
  ref: string,
  object: Value,
  method: string,
  args: readonly Value[],
  labels: number,
): Value | undefined {
  const [first = UNKNOWN, second = UNKNOWN] = args;
  if (isLoader(ref)) {
    const name = exactText(first);
    if (name !== undefined && !isMisread(first))
      return withLabels(refValue(moduleRef(name)), labelsOfName(first.labels));
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
    case 'Request':
      return { labels: labels & ~PATHS, text: first.text, isPartial: first.isPartial };
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
    case 'Object.create':
      return first.ref === undefined && first.members === undefined && first.self === undefined
        ? { labels, members: new Map() }
        : undefined;
    case 'Object.assign':
      return withLabels(first, labels);
    case 'Proxy': {
      const getter = second.members?.get('get')?.fn;
      return getter === undefined ? first : { ...first, getter };
    }
    case 'Promise.all':
    case 'Promise.race':
    case 'Promise.any':
      return first;
    case 'Promise.allSettled':
      return first.list === undefined
        ? first
        : {
            ...first,
            list: first.list.map((value) => ({ labels: value.labels, members: new Map([['value', value]]) })),
          };
    case 'Map().get':
      // What a key chooses is not made of the key.
      return object.members === undefined
        ? withLabels(refValue(callRef(ref)), object.labels)
        : memberOf(object, exactText(first) ?? '');
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
    case 'mod:dotenv.config':
      return { labels: 0, members: new Map([['parsed', labelled(Label.environment)]]) };
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
    return { labels: (second.labels & WANTED) | Label.wasm, ref: callRef(ref) };
  if (/^mod:(?:clipboardy\.read\w*|copy-paste\.paste)/.test(ref)) return labelled(Label.clipboard);
  if (servesRequests(ref)) return { labels: Label.request, ref: callRef(ref) };
  if (/^mod:https?\.(?:request|get)\(\)\.getHeaders?$/.test(ref)) return labelled(Label.captured);
  const form = formCall(ref, first);
  if (form !== undefined) return { labels: 0, ref: form };
  if ((ref === 'FormData' || ref === 'mod:form-data') && isForm(first.ref))
    return { labels: labels | Label.entered, ref: callRef(ref) };
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
          (/^~\/?$/.test(second.members?.get('cwd')?.text ?? first.text ?? '') ? Label.userListing : 0),
      );
    case 'network': {
      if (isOwnSocket(ref, args)) return refValue('own-socket()');
      const kinds = hostsIn(first.text ?? '').map(hostKind);
      const isPlace = kinds.includes('place');
      const metadata = kinds.includes('metadata') ? Label.credential : 0;
      const socket = /^mod:(?:net|tls)\./.test(ref) ? Label.socket : 0;
      const configured = isConfigured(targetsOf(args)) ? Label.configured : 0;
      return {
        labels:
          Label.remote |
          socket |
          configured |
          metadata |
          (isClient(ref, args) ? Label.client : 0) |
          (isPlace ? Label.place : 0),
        ref: callRef(ref),
      };
    }
    case 'write':
      return ref === 'mod:fs.createWriteStream'
        ? { ...first, labels: first.labels & PATHS, ref: callRef(ref) }
        : undefined;
    case 'process':
      return {
        labels: commandTexts(args).reduce(
          (all, text) => all | commandLabels(text) | (sendsInput(text) ? Label.socket : 0),
          0,
        ),
        ref: inputReader(args) === undefined ? callRef(ref) : 'mod:child_process.interpreter()',
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

/** Checks for a URL without a host, as the URL standard reads it: backslashes are slashes, and tabs do not count. */
function isPath(text: string): boolean {
  return !/^(?:[a-z][\w+.-]*:|[\\/]{2})/i.test(text.trim().replace(/[\t\n\r]/g, ''));
}

function packageLabel(text: string): number {
  return /(?:^|\/)node_modules\/[^/.…]/.test(text) ? Label.package : 0;
}

function codesToText(list: readonly Value[], labels: number): Value {
  const codes = list.map(({ number }) => number);
  if (codes.length === 0 || codes.some((code) => code === undefined))
    return labelled(labels | Label.decoded | Label.codes);
  // A separator whose character is awkward to write.
  const isSeparator = codes.length === 1 && !/\w/.test(String.fromCharCode(codes[0]! & 0xffff));
  return {
    labels: labels | (isSeparator ? 0 : Label.decoded),
    text: codes.map((code) => String.fromCharCode(code! & 0xffff)).join(''),
  };
}
