import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';
import { remember } from '../../../read/text/remember.ts';
import { hostsIn } from '../effects/hosts.ts';
import { Label, WANTED } from '../value/labels.ts';
import { keyName, type Scope } from '../value/scope.ts';
import type { Assignment, Scoped } from '../value/scopes.ts';
import { exactText, type Place, type Value } from '../value/value.ts';
import type { Found } from './found.ts';
import { readHost, readScriptUrl } from './read-host.ts';
import { readSent } from './read-sent.ts';

const REQUESTS =
  /^(?:fetch|XMLHttpRequest(?:\.prototype\.(?:open|send))?|WebSocket|mod:https?\.(?:request|get))$/;
const LOADER =
  /^mod:module(?:\.Module)?\.(?:_load|_resolveFilename|prototype\.require|prototype\._compile|_extensions\.\S+)$/;
const BUILTIN =
  /^(?:Array|String|Object|Promise|Function|Map|Set|Date|Math|JSON|Number|RegExp|console|Storage|EventTarget|Headers)(?:\.prototype)?\.(\w+)$/;
/** Members that the language has, which polyfills of newer ones do not replace. */
const OLD =
  /^(?:push|pop|shift|unshift|slice|splice|map|filter|forEach|indexOf|join|sort|reverse|concat|includes|reduce|some|every|then|parse|stringify|getTime|now|random|log|error|getItem|setItem|toString|valueOf|call|apply|bind|keys|values|replace|split|addEventListener|hasOwnProperty|defineProperty|set|get)$/;

/** What makes a whole page unusable if it is a constant. */
const PAGE =
  /^(?:window\.)?document\.(?:body|documentElement)\.(?:textContent|innerHTML|innerText|outerHTML|style\.(?:pointerEvents|display|visibility))$/;

/** The last names of the paths that matter, whatever is assigned to them. */
const LAST_NAMES: ReadonlySet<string> = new Set([
  ...['install', 'preinstall', 'postinstall', 'scripts', 'to', 'recipient', 'destination', 'payTo'],
  ...[
    'NODE_TLS_REJECT_UNAUTHORIZED',
    'src',
    'href',
    'action',
    'location',
    'text',
    'textContent',
    'innerHTML',
  ],
  ...['innerText', 'outerHTML', 'pointerEvents', 'display', 'visibility'],
]);

/** Checks whether the path of a member may matter, which takes less than the path. */
function mayMatter(left: ESTree.MemberExpression): boolean {
  return LAST_NAMES.has(keyName(left.property as SyntaxNode));
}

/** The last names of what programs replace to see what others do, besides the old members of the language. */
const REPLACED =
  /^(?:fetch|XMLHttpRequest|open|send\w*|sign\w*|WebSocket|request|get|setItem|_load|_resolveFilename|require|_compile|enable|on|connect|approve\w*|transfer\w*|solana|trx)$/;
const isReplaced = remember(10_000, (name) => REPLACED.test(name) || OLD.test(name));

/**
 * Checks by its name whether what is assigned may be something of the platform. What a file exports or keeps by another
 * name is a copy, whatever its value is.
 */
function mayReplace(left: SyntaxNode): boolean {
  if (left.type === 'Identifier') return left.name === 'fetch';
  if (left.type !== 'MemberExpression') return false;
  const { object } = left;
  return (
    left.computed ||
    isReplaced(keyName(left.property as SyntaxNode)) ||
    (object.type === 'MemberExpression' && object.computed) ||
    isOfWallet(object as SyntaxNode)
  );
}

const WALLETS: ReadonlySet<string> = new Set(['ethereum', 'solana', 'tronWeb', 'phantom']);

/** Checks for a member of what wallets add to a page, of which every one matters. */
function isOfWallet(object: SyntaxNode): boolean {
  let at = object;
  while (at.type === 'MemberExpression') {
    if (WALLETS.has(keyName(at.property as SyntaxNode))) return true;
    at = at.object as SyntaxNode;
  }
  return at.type === 'Identifier' && WALLETS.has(at.name);
}

/** Reads what assignments replace. */
export function readAssignments({ assignments }: Scoped, found: Found): void {
  for (const { node, scope } of assignments) {
    const left = node.left as SyntaxNode;
    if (left.type !== 'MemberExpression' && left.type !== 'Identifier') continue;
    const at = node.start ?? 0;
    const isLoaded = scope.fn.isLoaded === true;
    const path = left.type === 'MemberExpression' && mayMatter(left) ? written(left) : '';
    if (
      installScripts(path, node.right as SyntaxNode).some((one) =>
        isCommand(found.evaluator.value(one, scope).text),
      )
    ) {
      found.add('propagation', 'install scripts', at);
      found.sign('adds-install-script', at, isLoaded);
    }
    if (
      /\.(?:to|recipient|destination|payTo)$/.test(path) &&
      isAddress(found.evaluator.value(node.right as SyntaxNode, scope), isLoaded)
    )
      found.sign('replaces-addresses', at, isLoaded);
    if (path === 'process.env.NODE_TLS_REJECT_UNAUTHORIZED') found.sign('unchecked-tls', at, isLoaded);
    if (/(?:^|\.)(?:src|href|action|location)$/.test(path)) readLoadedUrl({ node, scope }, left, found);
    if (/\.src$/.test(path)) readScript({ node, scope }, left, found);
    if (/\.(?:text|textContent|innerHTML)$/.test(path)) readInlineScript({ node, scope }, left, found);
    if (isLoaded && PAGE.test(path) && exactText(found.evaluator.value(node.right as SyntaxNode, scope)))
      found.sign('breaks-page', at, true);
    if (mayReplace(left)) readReplaced({ node, scope }, left, found);
  }
}

/** Returns what becomes an install script: by an assignment of its own, or in one of all scripts. */
function installScripts(path: string, right: SyntaxNode): readonly SyntaxNode[] {
  if (/(?:^|\.)scripts\.(?:pre|post)?install$/.test(path)) return [right];
  if (right.type !== 'ObjectExpression' || !/\.scripts$/.test(path)) return [];
  return right.properties.flatMap((one) =>
    one.type === 'Property' && /^(?:pre|post)?install$/.test(keyName(one.key as SyntaxNode))
      ? [one.value as SyntaxNode]
      : [],
  );
}

/** Reads what the URL of an image, frame or page sends. */
function readLoadedUrl({ node, scope }: Assignment, left: SyntaxNode, found: Found): void {
  const target = found.evaluator.value(left, scope).ref ?? '';
  if (!/^(?:Image\(\)|document\.createElement\(\)|location|document\.location)/.test(target)) return;
  const { text = '', labels } = found.evaluator.value(node.right as SyntaxNode, scope);
  if (hostsIn(text).length === 0 || (labels & (WANTED | Label.entered | Label.captured)) === 0) return;
  found.add('network', 'requests', node.start ?? 0);
  for (const host of hostsIn(text)) readHost(host, text, node.start ?? 0, scope.fn.isLoaded === true, found);
  if (labels & Label.captured) found.sign('sends-captured', node.start ?? 0, scope.fn.isLoaded === true);
  readSent(labels & ~Label.key, node.start ?? 0, scope.fn.isLoaded === true, found);
}

/** Reads which script of another host a page is made to load. */
function readScript({ node, scope }: Assignment, left: SyntaxNode, found: Found): void {
  if (left.type !== 'MemberExpression') return;
  const element = found.evaluator.value(left.object as SyntaxNode, scope).ref;
  if (element !== 'document.createElement()') return;
  const url = found.evaluator.value(node.right as SyntaxNode, scope);
  readScriptUrl(url, node.start ?? 0, scope.fn.isLoaded === true, found);
}

/** Reads the code of a script that is added to a page. */
function readInlineScript({ node, scope }: Assignment, left: SyntaxNode, found: Found): void {
  if (left.type !== 'MemberExpression') return;
  if (found.evaluator.value(left.object as SyntaxNode, scope).ref !== 'document.createElement()') return;
  const { text } = found.evaluator.value(node.right as SyntaxNode, scope);
  found.code(text, node.start ?? 0, scope.fn.isLoaded === true);
}

/** Checks for the address of a wallet. That of nobody is also what libraries write for it. */
function isAddress({ text }: Value, isLoaded: boolean): boolean {
  if (!isLoaded && /^0x0{40}$/.test(text ?? '')) return false;
  return /^(?:0x[\da-f]{40}|bc1[a-z\d]{25,60}|T[1-9A-HJ-NP-Za-km-z]{33})$/i.test(text ?? '');
}

/** Checks for a command that no native build has. */
function isCommand(text: string | undefined): boolean {
  return text !== undefined && !/node-gyp/.test(text);
}

function readReplaced({ node, scope }: Assignment, left: SyntaxNode, found: Found): void {
  const ref = found.evaluator.value(left, scope).ref;
  if (ref === undefined) return;
  const at = node.start ?? 0;
  const isLoaded = scope.fn.isLoaded === true;
  if (REQUESTS.test(ref)) {
    found.add('tampering', 'requests', at);
    found.sign('hooks-requests', at, isLoaded);
  } else if (/^(?:(?:local|session)Storage|Storage\.prototype)\.setItem$/.test(ref)) {
    found.add('tampering', ref, at);
    found.sign('changes-builtin', at, isLoaded);
  } else if (/^(?:ethereum|solana|tronWeb|phantom)\./.test(ref)) {
    found.add('tampering', 'wallets', at);
    found.sign('hooks-wallet', at, isLoaded);
  } else if (LOADER.test(ref)) {
    found.add('tampering', 'module loader', at);
    found.sign('hooks-loader', at, isLoaded);
  } else {
    const name = BUILTIN.exec(ref)?.[1];
    if (name === undefined || !OLD.test(name) || isAdded(ref)) return;
    found.add('tampering', ref, at);
    // Logs have times, and dates are made of them.
    const breaks = !/^(?:console|Date|Math)\b/.test(ref) && hasTrigger(node.right as SyntaxNode);
    found.sign(breaks ? 'breaks-builtin' : 'changes-builtin', at, isLoaded);
  }
}

const CONSTRUCTORS: ReadonlyMap<string, object> = new Map(
  [String, Number, Boolean, Array, Function, RegExp, Object, Promise].map((one) => [one.name, one]),
);

/** Checks for a name that a constructor does not have itself, such as `String.random`. */
function isAdded(ref: string): boolean {
  const [, owner = '', name = ''] = /^([A-Z]\w+)\.(\w+)$/.exec(ref) ?? [];
  const known = CONSTRUCTORS.get(owner);
  return known !== undefined && !(name in known);
}

/** Returns the names of a path as they are written. */
function written(node: SyntaxNode): string {
  const names: string[] = [];
  let at = node;
  while (at.type === 'MemberExpression') {
    names.unshift(keyName(at.property as SyntaxNode));
    at = at.object as SyntaxNode;
  }
  if (at.type === 'Identifier') names.unshift(at.name);
  return names.join('.');
}

/** Checks whether a function does something only at times. */
function hasTrigger(node: SyntaxNode): boolean {
  const waiting: unknown[] = [node];
  for (let count = 0; waiting.length > 0 && count < 3000; count++) {
    const one = waiting.pop() as Record<string, unknown>;
    if (one.type === 'Identifier' && /^(?:random|getDay|getHours|getMonth|getDate)$/.test(String(one.name)))
      return true;
    for (const name in one) {
      const child = one[name];
      if (Array.isArray(child))
        waiting.push(...child.filter((item) => typeof item === 'object' && item !== null));
      else if (typeof child === 'object' && child !== null) waiting.push(child);
    }
  }
  return false;
}

const DATE =
  /^(?:Date\(\)\.(?:getTime|getDay|getHours|getMonth|getDate|getFullYear|getUTC\w+|getTimezoneOffset)\(\)|Date\.now\(\)|Date\(\))$/;

/** Reads conditions on the time, the country or the language. */
export function readConditions({ conditions }: Scoped, found: Found): void {
  for (const { node, scope } of conditions) readCondition({ node, scope }, node, found);
}

function readCondition({ scope }: Place<Scope>, root: SyntaxNode, found: Found): void {
  const waiting: SyntaxNode[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isOfForm(node)) continue;
    if (node.type === 'LogicalExpression') waiting.push(node.left as SyntaxNode, node.right as SyntaxNode);
    else if (node.type === 'UnaryExpression') waiting.push(node.argument as SyntaxNode);
    else if (node.type === 'BinaryExpression' && /^[<>!=]=*$/.test(node.operator)) {
      const left = found.evaluator.value(node.left as SyntaxNode, scope);
      const right = found.evaluator.value(node.right as SyntaxNode, scope);
      const isOfDate = isDate(left) || isDate(right);
      if (
        isOfDate &&
        (isConstant(left) || isConstant(right)) &&
        isDateConstant([left.number, right.number])
      ) {
        found.add('trigger', 'time', node.start ?? 0);
        found.sign('time-trigger', node.start ?? 0, scope.fn.isLoaded === true);
      }
    }
    if (found.evaluator.value(node, scope).labels & Label.place) {
      found.add('trigger', 'place', node.start ?? 0);
      found.sign('place-trigger', node.start ?? 0, scope.fn.isLoaded === true);
    }
  }
}

/** Checks for a comparison of a type or size, which says nothing of what has it. */
function isOfForm(node: SyntaxNode): boolean {
  if (node.type !== 'BinaryExpression') return isForm(node);
  return (
    node.operator === 'instanceof' || isForm(node.left as SyntaxNode) || isForm(node.right as SyntaxNode)
  );
}

function isForm(node: SyntaxNode): boolean {
  if (node.type === 'UnaryExpression') return node.operator === 'typeof';
  return (
    node.type === 'MemberExpression' && !node.computed && keyName(node.property as SyntaxNode) === 'length'
  );
}

function isDate({ ref }: Value): boolean {
  return ref?.startsWith('Date') === true && DATE.test(ref);
}

function isConstant({ number, text, labels, ref }: Value): boolean {
  return (
    number !== undefined ||
    (text !== undefined && labels === 0) ||
    /^Date\.(?:fixed|UTC\(\)|parse\(\))/.test(ref ?? '')
  );
}

/** Checks whether a comparison is with a fixed day or part of a day, and not with a duration. */
function isDateConstant(numbers: readonly (number | undefined)[]): boolean {
  const number = numbers.find((one) => one !== undefined);
  return (
    number === undefined || number < 61 || (number > 2000 && number < 2100) || number > 1_400_000_000_000
  );
}
