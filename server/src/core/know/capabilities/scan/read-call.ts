import { effectOf } from '../effects/effect-of.ts';
import { hostKind, hostsIn, isHost } from '../effects/hosts.ts';
import type { Called } from '../value/called.ts';
import { isConfigured, isOwnSocket, isToPage, targetsOf } from '../value/configured.ts';
import { Label, labelsOfName, WANTED } from '../value/labels.ts';
import { isLoader, isMisread } from '../value/refs.ts';
import type { CallPlace } from '../value/scope.ts';
import { exactText, GAP, UNKNOWN, type Value } from '../value/value.ts';
import type { Found } from './found.ts';
import { readFileCall } from './read-file-call.ts';
import { readHost, readScriptUrl } from './read-host.ts';
import { INTERPRETER_INPUT, readInput, readProcess } from './read-process.ts';
import { readSent } from './read-sent.ts';

/** Modules and names that nobody has a reason to hide. */
const POWERFUL =
  /^(?:mod:(?:child_process|https?|http2|net|tls|dgram|dns|fs|os|vm|worker_threads|module|axios|node-fetch|process)\b|eval$|Function$|require$|process(?:\.|$)|mod:child_process\.|returns:)/;

/** Calls without an effect of their own that still matter by their arguments. */
const MAY_MATTER =
  /^(?:JSON\.stringify|Object\.\w+|mod:(?:os|worker_threads|systeminformation|node-machine-id|macaddress|getmac|stream)\b|setTimeout$|setInterval$|console\.|process\.std|mod:@actions\/core\b)|\.pipe$|\.stdin\.(?:write|end)$/;
/** What clients of others do not send as a matter of course. */
const OF_CLIENT = Label.environment | Label.credential | Label.clipboard;
const PRINTS = /^(?:console\.\w+|process\.(?:stdout|stderr)\.write|mod:@actions\/core\.\w+)$/;
const INPUT = /^mod:child_process\.\w+\(\)\.stdin\.(?:write|end)$/;

/** Reads what one call does. */
export function readCall(call: CallPlace, called: Called, found: Found): void {
  const { callee } = called;
  const at = call.node.start ?? 0;
  const isLoaded = call.scope.fn.isLoaded === true;
  const ref = callee.ref;
  if (called.method === 'executeJavaScript' || called.method === 'executeJavaScriptInIsolatedWorld') {
    found.add('dynamic-code', 'code in pages', at);
    for (const { text } of called.args) found.code(text, at, isLoaded);
  }
  if (ref === undefined) {
    if (callee.labels & Label.client) readGiven(called, at, isLoaded, found);
    if (called.method === 'pipe') readPipe(called, at, isLoaded, found);
    if (called.method === '_compile') readCompiled(called, at, isLoaded, found);
    if (called.method === 'setAttribute') readSource(called, at, isLoaded, found);
    return;
  }
  if (called.method === 'setAttribute') readSource(called, at, isLoaded, found);
  readHidden(call, called, found);
  if (isLoaded && WALLET.test(ref)) readWallet(called, at, found);
  if (/^String\.from(?:CodePoint|CharCode)$/.test(ref) && isInvisible(call)) {
    found.add('obfuscation', 'invisible characters', at);
    found.sign('hides-text', at, isLoaded);
  }
  const effect = effectOf(ref);
  const isOfClient = (callee.labels & Label.client) !== 0;
  if (effect === undefined && !isOfClient && !MAY_MATTER.test(ref) && !isLoader(ref)) return;
  const { args } = called;
  if (isLoader(ref)) {
    // Without an argument it is bound or passed on.
    const [first = UNKNOWN] = args;
    if (/\.node$/.test(exactText(first) ?? '')) found.add('native-code', 'addon', at);
    if (/^data:/.test(first.text ?? '')) {
      found.add('dynamic-code', 'data URL', at);
      if ((first.labels & (Label.remote | Label.decoded)) !== 0)
        found.sign('runs-decoded-code', at, isLoaded);
    } else if ((first.labels & Label.remote) !== 0 && first.text === undefined)
      found.sign('runs-remote-code', at, isLoaded);
    if (first.text !== undefined) found.modulePaths.push({ path: first.text, at, isLoaded });
    return;
  }
  readMachine(ref, at, found);
  if (
    /^(?:JSON\.stringify|Object\.(?:keys|values|entries|assign|fromEntries))$/.test(ref) &&
    args.some((one) => one.ref === 'process.env')
  )
    found.add('environment', 'all', at);
  const labels = args.reduce((all, one) => all | one.labels, 0);
  if (/(?:\.pipe|^mod:stream(?:\.promises)?\.pipeline)$/.test(ref)) readPipe(called, at, isLoaded, found);
  if (isOfClient && effect === undefined) readGiven(called, at, isLoaded, found);
  // The input of a command that sends it, or runs it.
  if (INPUT.test(ref) && callee.labels & Label.socket) readSent(labels, at, isLoaded, found);
  if (INTERPRETER_INPUT.test(ref)) readInput(args[0], undefined, { at, isLoaded }, found);
  switch (effect) {
    case 'network':
      found.add('network', 'requests', at);
      if (!isOwnSocket(ref, args)) readRequest(called, ref, labels, at, isLoaded, found);
      return;
    case 'server':
      found.add('network', 'server', at);
      return;
    case 'process':
      readProcess(call, called, ref, found);
      return;
    case 'code':
      found.add('dynamic-code', ref.replace(/^mod:|\(\)/g, ''), at);
      if (labels & Label.remote) found.sign('runs-remote-code', at, isLoaded);
      if (labels & (Label.asset | Label.wasm) && COMPILED.test(args[0]?.text ?? '')) return;
      if (labels & (Label.decoded | Label.reversed)) found.sign('runs-decoded-code', at, isLoaded);
      if (runsRequested(ref, args)) found.sign('runs-requested-code', at, isLoaded);
      if (labels & Label.asset || (isLoaded && labels & Label.wasm))
        found.sign('runs-data-file', at, isLoaded);
      found.code((ref === 'Function' ? args.at(-1) : args[0])?.text, at, isLoaded);
      return;
    case 'native':
      found.add('native-code', 'addon', at);
      return;
    case 'clipboard':
      if (/write/i.test(ref)) found.sign('replaces-clipboard', at, isLoaded);
      else found.add('credentials', 'clipboard', at);
      return;
    case undefined:
      if (/^mod:worker_threads\.Worker$/.test(ref) && args[1]?.members?.get('eval')?.number === 1) {
        found.add('dynamic-code', 'worker', at);
        if (labels & Label.decoded) found.sign('runs-decoded-code', at, isLoaded);
        if (labels & Label.remote) found.sign('runs-remote-code', at, isLoaded);
      }
      if (PRINTS.test(ref) && labels & Label.encoded && labels & (Label.environment | Label.credential)) {
        found.add('environment', 'printed', at);
        found.sign('prints-secrets', at, isLoaded);
      }
      if (
        /^(?:setTimeout|setInterval)$/.test(ref) &&
        args[0]?.fn === undefined &&
        args[0]?.text !== undefined &&
        !args[0].ref
      )
        found.add('dynamic-code', ref, at);
      return;
    default:
      readFileCall(effect, called, { at, isLoaded }, found);
  }
}

/**
 * Checks for code that others send. A context for code may have the request that it is about, and `eval('(' + text + ')')` is
 * how JSON was read before all had a parser: what is put in its place gets the texts of others.
 */
function runsRequested(ref: string, args: readonly Value[]): boolean {
  const [first = UNKNOWN] = args;
  const labels = ref.startsWith('mod:vm.') ? first.labels : args.reduce((all, one) => all | one.labels, 0);
  return (labels & Label.request) !== 0 || ((labels & Label.captured) !== 0 && first.text !== `(${GAP})`);
}

/** Reads what a hook of the loader compiles instead of the file. */
function readCompiled(
  { args: [first = UNKNOWN] }: Called,
  at: number,
  isLoaded: boolean,
  found: Found,
): void {
  const { labels } = first;
  found.add('dynamic-code', 'module._compile', at);
  if (labels & Label.remote) found.sign('runs-remote-code', at, isLoaded);
  if (labels & (Label.decoded | Label.reversed | Label.codes)) found.sign('runs-decoded-code', at, isLoaded);
  if (labels & Label.asset) found.sign('runs-data-file', at, isLoaded);
  found.code(first.text, at, isLoaded);
}

/** Reads the script that a page is made to load by an attribute. */
function readSource({ object, args }: Called, at: number, isLoaded: boolean, found: Found): void {
  const [name = UNKNOWN, value = UNKNOWN] = args;
  if (object.ref === 'document.createElement()' && name.text === 'src')
    readScriptUrl(value, at, isLoaded, found);
}

const WALLET = /^(?:ethereum|web3\.currentProvider|tronWeb|phantom|solana)\.(?:request|send|sendAsync)$/;
const PAYMENT =
  /^(?:eth_sendTransaction|eth_sign\w*|personal_sign|wallet_sendCalls|sign(?:AndSend)?(?:All)?Transactions?)$/;

/** Reads what a wallet is asked for without anybody's doing. */
function readWallet({ args: [first] }: Called, at: number, found: Found): void {
  const method = first?.members?.get('method') ?? first;
  if (!PAYMENT.test(method?.text ?? '')) return;
  found.add('credentials', 'wallet', at);
  found.sign('asks-payment', at, true);
}

/** Reads names that are put together or decoded, although code that needs them would write them. */
function readHidden(call: CallPlace, called: Called, found: Found): void {
  const { callee } = called;
  const at = call.node.start ?? 0;
  const isLoaded = call.scope.fn.isLoaded === true;
  const loaded = isLoader(callee.ref) ? (called.args[0] ?? UNKNOWN) : undefined;
  const name = loaded === undefined ? undefined : exactText(loaded);
  const isHidden = found.isObfuscated && isComputed(call);
  // Lists that were turned before give other names than they seem to.
  // So do texts that were decoded in another way than they are here.
  const isUnread = loaded !== undefined && isMisread(loaded);
  if (loaded !== undefined && (name === undefined || isHidden || isUnread)) {
    if (isHidden || loaded.labels & Label.decoded) found.sign('hidden-module', at, isLoaded);
    return;
  }
  if (callee.ref === 'hidden' || (callee.labels & Label.decodedName && /\.\*$/.test(callee.ref ?? ''))) {
    found.add('obfuscation', 'hidden names', at);
    // Every call of obfuscated code is one, to pages as well.
    if (!found.isObfuscated || POWERFUL.test(callee.ref ?? '')) found.sign('hidden-member', at, isLoaded);
    return;
  }
  const labels = loaded === undefined ? callee.labels : labelsOfName(loaded.labels);
  const target = name === undefined ? callee.ref! : `mod:${name.replace(/^node:/, '')}`;
  if (!POWERFUL.test(target)) return;
  if (labels & Label.decodedName) {
    found.add('obfuscation', 'hidden names', at);
    found.sign('hidden-name', at, isLoaded);
  } else if (labels & Label.piecedName && !isPlain(call)) {
    found.add('obfuscation', 'hidden names', at);
    found.sign('pieced-name', at, isLoaded);
  }
}

/** The first of the characters that no font shows, to which those of a text are added: tags and variation selectors. */
const FIRST_INVISIBLE: ReadonlySet<unknown> = new Set([0xe0000, 0xe0100, 0xe00fe, 0xe00f0]);

function isInvisible({ node }: CallPlace): boolean {
  const first = node.type === 'CallExpression' ? node.arguments[0] : undefined;
  if (first?.type !== 'BinaryExpression' || !/^[+|]$/.test(first.operator)) return false;
  return [first.left, first.right].some((one) => one.type === 'Literal' && FIRST_INVISIBLE.has(one.value));
}

/** Checks for an argument that is computed where it stands. */
function isComputed({ node }: CallPlace): boolean {
  const first = node.type === 'CallExpression' ? node.arguments[0] : undefined;
  return first?.type === 'CallExpression' || first?.type === 'BinaryExpression';
}

/** Checks for `'node:' + name` and `eval('require')`, by which honest code keeps names from bundlers. */
function isPlain({ node }: CallPlace): boolean {
  if (node.type !== 'CallExpression') return true;
  const [first] = node.arguments;
  const isNode =
    first?.type === 'BinaryExpression' && first.left.type === 'Literal' && first.left.value === 'node:';
  return (
    isNode ||
    node.callee.type === 'CallExpression' ||
    (node.callee.type === 'Identifier' && first?.type === 'Literal')
  );
}

const MACHINE_CALL =
  /^mod:os\.(hostname|userInfo|networkInterfaces)$|^mod:(systeminformation|node-machine-id|macaddress|getmac)\b/;

function readMachine(ref: string, at: number, found: Found): void {
  const match = MACHINE_CALL.exec(ref);
  if (match !== null) found.add('profiling', match[1] ?? match[2] ?? '', at);
}

function readRequest(
  { callee, args }: Called,
  ref: string,
  labels: number,
  at: number,
  isLoaded: boolean,
  found: Found,
): void {
  // A page asks its own host. What is sent there still counts: a program without a page may say what that is.
  if (isLoaded && !isToPage(ref, args)) found.sign('network-at-start', at, true);
  const [first = UNKNOWN] = args;
  const targets = targetsOf(args);
  // What others send is passed on to where they send it, unless the code says where.
  let isOwnTarget = /\(\)\.(?:end|write)$/.test(ref);
  let isNamed = false;
  for (const target of targets) {
    const text = target?.text;
    if (text === undefined) continue;
    if (/\.github\/workflows\//.test(text)) {
      found.add('propagation', 'workflow files', at);
      found.sign('writes-workflow', at, isLoaded);
    }
    const named = hostsIn(text);
    const hosts = named.length > 0 ? named : isHost(text) ? [text.toLowerCase()] : [];
    for (const host of hosts) readHost(host, text, at, isLoaded, found);
    if (hosts.length > 0) {
      isOwnTarget = true;
      isNamed = true;
    }
    if (hosts.length > 0 && target!.labels & (Label.decoded | Label.reversed))
      found.sign('hidden-host', at, isLoaded);
  }
  const [name] = targets;
  if (
    ref.startsWith('mod:dns') &&
    first.labels & (Label.encoded | WANTED) &&
    name?.text?.includes(GAP) === true &&
    ENDS_WITH_HOST.test(name.text)
  )
    found.sign('names-data', at, isLoaded);
  if (isOwnTarget && labels & (Label.captured | Label.wrapped)) found.sign('sends-captured', at, isLoaded);
  if (LOGS_IN.test(ref)) {
    // Whoever the code names as host gets what it logs in with.
    if (isNamed) readSent(labels & (Label.environment | Label.credential), at, isLoaded, found);
    return;
  }
  const attached = ref.endsWith('.sendMail') ? first.members?.get('attachments') : undefined;
  const isFile = (attached?.list ?? []).some(
    ({ members }) => ((members?.get('path')?.labels ?? 0) & Label.credentialPath) > 0,
  );
  if (isFile || (UPLOADS.test(ref) && labels & Label.credentialPath))
    readSent(Label.credential, at, isLoaded, found);
  const given = ref.endsWith('.submit') ? labels | callee.labels : labels;
  let sent = isGivenTarget(ref, first) ? given & ~credentialsIn(args) : given;
  // What the metadata service gave goes back to it.
  if (hostsIn(first.text ?? '').some((host) => hostKind(host) === 'metadata')) sent &= ~Label.credential;
  if (callee.labels & Label.configured || isConfigured(targets)) sent &= ~Label.machine;
  if (ref === 'mod:tls.connect') sent &= ~Label.credential | namedIn(args);
  readSent(sent, at, isLoaded, found);
}

/** The functions that a module of WebAssembly has in its memory, as Emscripten makes them: for its calls of JavaScript. */
const COMPILED = /^\(…?\) ?=> ?(?:\{[ …]*\}|…);?$/;

/** Returns the labels of what names the server among the options of a connection: the key and certificate stay here. */
function namedIn(args: readonly Value[]): number {
  const named = args.flatMap(({ members, labels }) =>
    members === undefined
      ? labels
      : ['host', 'servername', 'path', 'lookup'].map((name) => members.get(name)?.labels ?? 0),
  );
  return named.reduce((all, one) => all | one, 0);
}

/** Calls whose options are the host, the user and the key of a login. */
const LOGS_IN =
  /^mod:(?:ssh2\.Client\(\)\.connect|nodemailer\.createTransport|basic-ftp\.Client\(\)\.access)$/;

/** Calls that send the file of a path. */
const UPLOADS =
  /^mod:(?:basic-ftp\.Client\(\)\.(?:upload|append)From|ftp(?:\.default)?\(\)\.(?:put|append))$/;

/** Checks for a target that begins with what the code does not know: settings with credentials also have hosts. */
function isGivenTarget(ref: string, { text, members, list }: Value): boolean {
  if (/\(\)\.\w+$/.test(ref) || members !== undefined || list !== undefined) return false;
  if (text === undefined) return true;
  // `${data}.example.test`
  return text.startsWith(GAP) && !ENDS_WITH_HOST.test(text);
}

const ENDS_WITH_HOST = new RegExp(
  `^[${GAP}\\w-]+(?:\\.[${GAP}a-z\\d-]+)*\\.[a-z\\d-]+\\.[a-z]{2,}\\.?$`,
  'i',
);

/** Returns the label of credentials if only the target has it. */
function credentialsIn(args: readonly Value[]): number {
  return args.slice(1).some((one) => one.labels & Label.credential) ? 0 : Label.credential;
}

/** Reads what a client gets that a module of others made for a host. */
function readGiven({ args, method }: Called, at: number, isLoaded: boolean, found: Found): void {
  const labels = args.reduce((all, one) => all | one.labels, 0);
  const isFile = PUTS.test(method) && (labels & Label.credentialPath) !== 0;
  readSent((labels & OF_CLIENT) | (isFile ? Label.credential : 0), at, isLoaded, found);
}

/** Methods that take the path of a file to send. */
const PUTS = /^(?:fastPut|put(?:File|Files|Directory)?|upload(?:File|From|Dir)?|sendFile)$/;

/** Finds shells whose input and output go over a socket, and data that go to a request. */
function readPipe(
  { object, args, callee, method }: Called,
  at: number,
  isLoaded: boolean,
  found: Found,
): void {
  const isPipeline = method === 'pipeline' || callee.ref?.endsWith('pipeline') === true;
  const to = (isPipeline ? args.filter(({ fn }) => fn === undefined).at(-1) : args[0]) ?? UNKNOWN;
  const from = isPipeline ? args[0]! : object;
  const isSent =
    /^mod:(?:https?|http2|net|tls)\..*\(\)$/.test(to.ref ?? '') || (to.labels & Label.socket) !== 0;
  if (isSent) readSent(from.labels & ~Label.secret, at, isLoaded, found);
  if (to.ref === 'mod:fs.createWriteStream()' && from.labels & Label.remote && to.text !== undefined)
    found.downloads.add(to.text);
  if (to.ref === 'mod:child_process.interpreter().stdin') {
    if (from.labels & Label.remote) found.sign('starts-remote-command', at, isLoaded);
    if (from.labels & Label.decoded) found.sign('starts-decoded-command', at, isLoaded);
    if (from.labels & Label.asset) found.sign('runs-data-file', at, isLoaded);
  }
  const other = args[0] ?? UNKNOWN;
  const isShell = (ref: string | undefined) => /^mod:(?:child_process|node-pty)\./.test(ref ?? '');
  const isSocket = (value: Value) =>
    /^mod:(?:net|tls)\.(?:connect|createConnection|Socket)\(\)/.test(value.ref ?? '');
  if ((isSocket(object) && isShell(other.ref)) || (isSocket(other) && isShell(callee.ref)))
    found.sign('remote-shell', at, isLoaded);
}
