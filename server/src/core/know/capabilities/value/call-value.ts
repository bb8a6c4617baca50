import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';
import { remember } from '../../../read/text/remember.ts';
import { effectOf } from '../effects/effect-of.ts';
import type { Called } from './called.ts';
import { AWAITER, INTEROP, STEPPER } from './compiled.ts';
import { isClient } from './configured.ts';
import { foldMethod, isFoldable, steadyPattern } from './fold.ts';
import { knownCall } from './known-call.ts';
import { Label, NAMES, PATHS, WANTED } from './labels.ts';
import { BUNDLE, callRef, isLoader, refValue } from './refs.ts';
import { bindingOf, type CallPlace, type Given, keyName, strip } from './scope.ts';
import { textLabels } from './text-labels.ts';
import {
  either,
  exactText,
  type FunctionNode,
  labelled,
  pieceOf,
  UNKNOWN,
  type Value,
  withLabels,
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
  /** Returns what the program writes to the file of a path. */
  contentOf(path: string, at: CallContext): Value;
  /** Returns what the step before a call of `context.sent()` waited for. */
  sent(at: CallContext): Value | undefined;
  /** Checks for a function that takes what has the name of a secret. */
  picks(fn: FunctionNode | undefined, at: CallContext): boolean;
  /** Returns what a module of a bundle exports. */
  bundled(fn: FunctionNode, at: CallContext): Value;
  /** Checks whether calls are linked still, so that labels do not matter. */
  isLinking(): boolean;
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
  /^(?:map|filter|reduce|flatMap|join|concat|slice|sort|reverse|flat|toString|from|entries|fromEntries|stringify|toJSON|encode|append|then|replace|replaceAll|trim|substring|match|split|push|update|final|digest|charCodeAt|codePointAt)$/;
const SETTLES = /^(?:then|catch)$/;
/** Methods that return the emitter or stream that they are called on. */
const RETURNS_ITSELF =
  /^(?:on|once|off|addListener|removeListener|prependListener|setEncoding|setTimeout|setNoDelay|setKeepAlive|ref|unref|pause|resume)$/;
const REPLACES = /^replace(?:All)?$/;
/** What fills data into a template. */
const RENDERS = /^render(?:String|File|Sync|Async)?$/;
const REDUCES = /^reduce(?:Right)?$/;
/** What the elements of a list have that a function makes of those of another. */
const MAPPED = Label.decoded | Label.codes | Label.credential;
const MOST_MAPPED = 600;
const LONGEST_REPLACED = 20_000;

/** What the name of a method says, and what a path says of the function that it is. */
const traits = remember(10_000, (method) => ({
  isPredicate: PREDICATE.test(method),
  isOneWay: ONE_WAY.test(method),
  copies: COPIES.test(method),
  settles: SETTLES.test(method),
  returnsItself: RETURNS_ITSELF.test(method),
  replaces: REPLACES.test(method),
  renders: RENDERS.test(method),
  reduces: REDUCES.test(method),
  isInterop: INTEROP.test(method),
  isAwaiter: AWAITER.test(method),
  isStepper: STEPPER.test(method),
  /** Whether the result of an unknown function may be an argument, or what one returns. */
  mayPass:
    /^(?:mark|sent)$/.test(method) ||
    [SETTLES, INTEROP, AWAITER, STEPPER].some((pattern) => pattern.test(method)),
}));
type Traits = ReturnType<typeof traits>;
const isOneWayRef = remember(10_000, (ref) => ONE_WAY.test(ref));
const isSerializer = remember(10_000, (ref) => SERIALIZER.test(ref));

/** Returns what a call may return. */
export function callValue(called: Called, call: CallContext, tools: Tools): Value {
  const { callee, object, method } = called;
  const ref = callee.ref;
  // A bound function is called as the function itself.
  if (method === 'bind' && object === UNKNOWN && (ref !== undefined || callee.fn !== undefined))
    return callee;
  if (call.node.type === 'NewExpression' && callee.self !== undefined)
    return { labels: callee.labels, self: callee.self };
  const named = traits(method);
  if (
    ref === undefined &&
    callee.fn === undefined &&
    tools.isLinking() &&
    !named.mayPass &&
    !isFoldable(object)
  )
    return UNKNOWN;
  const { args } = called;
  let argLabels = 0;
  for (const one of args) argLabels |= one.labels;
  const compiled = compiledCall(called, named, call, tools);
  if (compiled !== undefined) return compiled;
  if (ref !== undefined) {
    const specifier = isLoader(ref) ? exactText(args[0] ?? UNKNOWN) : undefined;
    const file = specifier === undefined ? undefined : tools.load(specifier, call);
    if (file !== undefined) return file;
    if (ref === 'Promise' && args[0]?.fn !== undefined) return tools.settled(args[0].fn, call);
    const found = knownCall(ref, object, method, args, argLabels);
    const content = found === undefined ? 0 : contentLabels(ref, args[0], call, tools);
    if (found !== undefined)
      return withLabels(
        found,
        (callee.labels & (Label.piecedName | Label.decodedName | Label.client)) | content,
      );
  }
  if (call.node.type === 'TaggedTemplateExpression') return labelled(argLabels);
  if (named.returnsItself && /^mod:.*\(\)$/.test(object.ref ?? '')) return object;
  const stripped = object.text === undefined ? withoutQuery(object, method, args) : undefined;
  if (stripped !== undefined) return stripped;
  const replaced = named.replaces ? replacedText(object, args, call, tools) : undefined;
  if (replaced !== undefined) return replaced;
  const folded =
    !isFoldable(object) || (method === 'toString' && isEncoding(args[0]))
      ? undefined
      : foldMethod(object, method, args);
  if (folded !== undefined)
    return folded.text === undefined ? folded : withLabels(folded, textLabels(folded.text));
  if (method === 'filter' && tools.picks(args[0]?.fn, call))
    return { ...object, labels: object.labels | Label.environment };
  if (object.list !== undefined && (method === 'map' || method === 'flatMap')) {
    const fn = args[0]?.fn;
    const list = object.list
      .slice(0, MOST_MAPPED)
      .map(
        (one, at) =>
          (fn ? tools.apply(fn, [one, { labels: 0, number: at }], call) : convertedBy(args[0]?.ref, one)) ??
          labelled(one.labels | argLabels),
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
    return withLabels(refValue('WebAssembly.instantiate()'), Label.wasm);
  if (named.settles && args[0]?.fn !== undefined) {
    const next = tools.returnOf(args[0].fn, call);
    // What a promise has comes from what its callback gets.
    if (method !== 'then') return either(object, next);
    if (next !== UNKNOWN) return withLabels(next, object.labels & ~(PATHS | WANTED));
  }
  if (named.isPredicate) return labelled((object.labels | argLabels) & Label.place);
  let labels = callee.labels | object.labels | (argLabels & ~NAMES);
  const mapped = method === 'map' || method === 'flatMap' ? args[0]?.fn : undefined;
  if (mapped !== undefined) labels |= tools.returnOf(mapped, call).labels & MAPPED;
  if (named.reduces && args[0]?.fn !== undefined) labels |= tools.returnOf(args[0].fn, call).labels;
  if (named.isOneWay || (ref !== undefined && isOneWayRef(ref)))
    labels &= ~(Label.key | Label.secret | Label.credential | Label.machine | Label.environment);
  if (!named.copies && (ref === undefined || !isSerializer(ref))) labels &= ~Label.environment;
  const isTemplateOfOthers = ((object.labels | (args[0]?.labels ?? 0)) & Label.remote) !== 0;
  if (named.renders && args.length > 1 && !isTemplateOfOthers) labels &= ~Label.remote;
  // A single cookie is no secret.
  if (ref?.startsWith('document.cookie.') === true && method !== 'toString') labels &= ~Label.entered;
  if (ref === 'btoa' || (method === 'toString' && isEncoding(args[0]))) {
    labels |= Label.encoded;
    // What is encoded is as good as what is encoded in it.
    if (/^(?:text\.toString)?$/.test(ref ?? '') && object.text !== undefined)
      return { labels, text: object.text, isPartial: true };
  }
  if (ref === undefined) return labelled(labels);
  if (ref.startsWith('mod:') && isClient(ref, args)) labels |= Label.client;
  return withLabels(refValue(callRef(ref)), labels & ~PATHS);
}

/** Returns what a function of the language makes of an element: `list.map(Number)`. */
function convertedBy(ref: string | undefined, one: Value): Value | undefined {
  return ref !== undefined && /^(?:Number|String|String\.from(?:CharCode|CodePoint)|atob)$/.test(ref)
    ? knownCall(ref, UNKNOWN, '', [one], one.labels)
    : undefined;
}

/** Returns what is left of a URL without its query, which has no data of others: `url.split('?')[0]`. */
function withoutQuery(
  { labels }: Value,
  method: string,
  [first, second]: readonly Value[],
): Value | undefined {
  if ((labels & Label.captured) === 0) return undefined;
  const bare = labelled(labels & ~Label.captured);
  if (method === 'split' && /^(?:[?#]|regexp:\[[?#]+\]\/.*)$/.test(first?.text ?? first?.ref ?? ''))
    return { labels, list: [bare, labelled(labels)] };
  const isCut =
    method === 'replace' &&
    /^regexp:\(?(?:\\\?|\[[?#]+\])\(?\.[*+]/.test(first?.ref ?? '') &&
    second?.text === '';
  return isCut ? bare : undefined;
}

/** Returns what a call gives by which compilers and bundlers replace what the source had. */
function compiledCall(
  { callee, method, args }: Called,
  { isInterop, isAwaiter, isStepper }: Traits,
  call: CallContext,
  tools: Tools,
): Value | undefined {
  if (callee.ref === BUNDLE) {
    const key = args[0] === undefined ? undefined : pieceOf(args[0]);
    const target = strip((call.node as ESTree.CallExpression).callee as SyntaxNode);
    const modules = target.type === 'Identifier' ? bindingOf(target, call.scope)?.bundle : undefined;
    const fn = key === undefined ? undefined : modules?.get(key);
    if (fn !== undefined) return tools.bundled(fn, call);
    // What is not in the bundle is a module of the platform or of others.
    const isNamed =
      key !== undefined && target.type === 'Identifier' && modules !== undefined && !/^\d+$/.test(key);
    return isNamed ? knownCall('require', UNKNOWN, '', args, args[0]!.labels) : undefined;
  }
  if (method === 'sent' && call.scope.fn.steps !== undefined) return tools.sent(call);
  if (isInterop && args[0]?.ref !== undefined) return args[0];
  if (!isAwaiter && !isStepper && method !== 'mark') return undefined;
  const fn = args.findLast((one) => one.fn !== undefined)?.fn;
  if (fn === undefined) return undefined;
  if (isAwaiter) return /to_?generator/i.test(method) ? { labels: 0, fn } : tools.returnOf(fn, call);
  if (isStepper && args.length > 1) {
    const first = args.find((one) => one.fn !== undefined)!.fn!;
    return tools.returnOf(first, call);
  }
  return method === 'mark' ? { labels: 0, fn } : undefined;
}

/** Returns a text with each match of a pattern replaced by what a function makes of it; undefined if that is not known. */
function replacedText(
  object: Value,
  [pattern, second]: readonly Value[],
  call: CallContext,
  tools: Tools,
): Value | undefined {
  const text = exactText(object);
  const fn = second?.fn;
  const regexp = fn === undefined ? undefined : steadyPattern(pattern?.ref ?? '');
  if (text === undefined || text.length > LONGEST_REPLACED || fn === undefined || regexp === undefined)
    return undefined;
  let labels = object.labels;
  let count = 0;
  let isKnown = true;
  const made = text.replace(regexp, (...parts: unknown[]) => {
    const groups = parts.filter((one) => typeof one === 'string').slice(0, -1);
    const passed = groups.map((one) => ({ labels: object.labels, text: one }));
    const result = count++ < MOST_MAPPED ? tools.apply(fn, passed, call) : undefined;
    const piece = result === undefined || result.isPartial === true ? undefined : pieceOf(result);
    if (result !== undefined) labels |= result.labels;
    isKnown &&= piece !== undefined;
    return piece ?? '';
  });
  if (count === 0) return undefined;
  return isKnown ? { labels: labels | textLabels(made), text: made } : labelled(labels);
}

/** Returns the labels of what the program itself writes to the file that a call reads. */
function contentLabels(ref: string, path: Value | undefined, call: CallContext, tools: Tools): number {
  const text = path === undefined || effectOf(ref) !== 'read' ? undefined : exactText(path);
  return text === undefined ? 0 : tools.contentOf(text, call).labels & WANTED;
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

function isEncoding(value: Value | undefined): boolean {
  return /^(?:base64(?:url)?|hex)$/i.test(value?.text ?? '');
}
