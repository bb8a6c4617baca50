import type { Sign } from '../capability.ts';

/** What begins a name, without which a file has none of the capabilities. One group, so that the start is checked once. */
const NAMED = [
  String.raw`child_process|https?['"\x60.]|http2|net['"\x60]|tls['"\x60]|dgram|dns|vm['"\x60]|XMLHttpRequest|WebSocket|sendBeacon`,
  String.raw`fetch\s*(?:[(),;=.}\]?:|&[]|$)`,
  String.raw`eval\s*[(),;=.}\]]|(?:execa|cross-spawn|process\.(?:env|binding|dlopen|mainModule|getBuiltinModule)|createRequire|getBuiltinModule)\b`,
  String.raw`(?:socket\.io-client|homedir|networkInterfaces|_compile|_load|node-gyp-build|ffi-napi|koffi|clipboard\w*|ethereum|worker_threads|setAttribute)\b`,
  String.raw`(?:globalThis|window|global|self|process|module)\s*(?:\?\.)?\[`,
  String.raw`(?:shelljs|node-pty|systeminformation|node-machine-id|Bun|Deno|timeZone|mnemonic|privateKey|secretKey)\b`,
  String.raw`Function\s*(?:[([]|\.(?!prototype\b))|constructor['"]`,
  String.raw`require\s*\(\s*(?:[^'"\x60)\s]|['"\x60][^'"\x60\n]{0,80}['"\x60]\s*[^),\s])|module\.require\b|require\s*[[?]`,
  String.raw`(?:Array|String|Object|JSON|Promise|Function|Date|Math|console)(?:\.prototype)?\.\w+\s*=[^=]`,
  String.raw`import\s*\(\s*[^'"\x60)\s/]`,
  String.raw`new\s+Image\b|[Bb]cc\b|BccAddresses\b|0xe0(?:000|100)\b|(?:917504|917760)\b|id_(?:rsa|ed25519)\b`,
  String.raw`document\.cookie\b|type=\\?['"]?password`,
];
/** The other words without which a file has none. */
const UNNAMED = [
  String.raw`['"\x60](?:node:)?(?:axios|got|undici|request|superagent|needle|phin|bent|ky|ws|fs|os|process|module|fs-extra|graceful-fs|rimraf|glob|zx)['"\x60/]`,
  String.raw`nodemailer|discord\.js|node-telegram-bot-api|ssh2|ethers|web3|folderOpen|createElement\(['"]script`,
  String.raw`<\s*Infinity|\.constructor\s*(?:\(|\.\s*(?:constructor|_load))|~\/\.(?:ssh|aws)\b|\.claude\b`,
  String.raw`=\s*(?:require\s*[,;)\n}]|(?:module|process|global|globalThis)\s*[,;\n])`,
  String.raw`\]\.join\(\s*(?:''|""|\x60\x60)\s*\)\s*\]|\[\s*['"]\w{1,20}['"]\s*\+\s*['"]`,
];
/** Two patterns, because one of both takes twice the time. */
const WORDS = new RegExp(String.raw`\b(?:${NAMED.join('|')})`);
const OTHER_WORDS = new RegExp(UNNAMED.join('|'));
/** A text with an escaped letter. */
const ESCAPED = /['"\x60][^'"\x60\n]{0,40}\\(?:x[67]|u00[67]|u\{[67])/;
const ENDLESS = /\bwhile\s*\(\s*(?:true|1|!0)\s*\)|\bfor\s*\([^;()]{0,80};\s*;/;
/** What decodes matters with what is done to it, so that only small files are worth it for that alone. */
const DECODERS = /\b(?:atob|fromCharCode|unescape|createDecipher\w*)\b/;
const SMALL = 20_000;
/** The one variable that many files read, and that says nothing. */
const MODE = /\bprocess\.env\.NODE_ENV\b/g;

/** Checks whether a text may have a capability, so that it is worth a parse. */
export function isWorthParsing(text: string): boolean {
  const read = text.includes('NODE_ENV') ? text.replace(MODE, '') : text;
  return (
    WORDS.test(read) ||
    OTHER_WORDS.test(read) ||
    ((read.includes('\\x') || read.includes('\\u')) && ESCAPED.test(read)) ||
    (text.length < SMALL && DECODERS.test(text)) ||
    ((text.includes('console.') || text.includes('stdout')) && ENDLESS.test(text))
  );
}

/** Returns the paths that a text loads, as far as that shows without a parse. */
export function relativeLoads(text: string): readonly string[] {
  return [
    ...text
      .slice(0, 200_000)
      .matchAll(/(?:\brequire\s*\(\s*|\bfrom\s*|\bimport\s*\(?\s*)["'](\.{1,2}\/[^"'\n]{1,200})["']/g),
  ].map(([, path]) => path!);
}

export interface TextHit {
  readonly sign: Sign;
  readonly detail: string;
  readonly at: number;
}

const OBFUSCATOR = /\b(?:\w{0,3}_0x[\da-f]{2,8}|_\$_[\da-f]{4})\b/g;
/** Turns a list of texts, which no minifier writes like that. */
const ROTATION = /\[['"]push['"]\]\(\s*[\w$]+\[['"]shift['"]\]\(\)\)/;
/** Variation selectors, tags and private use characters, which no font shows. */
const INVISIBLE =
  /[\u{E0100}-\u{E01EF}\u{E0000}-\u{E007F}]{8,}|[\uFE00-\uFE0F]{8,}|(?:[\u200B-\u200D\u2060\uFEFF\u3164\uFFA0]){8,}/u;
const HIDDEN_LINE =
  /(?:[^\s*/#][^\n]{0,400}?[;,})]|(?<![^\n])[ \t]{0,40}[;})]{1,4})[ \t\u00a0]{140,}(?![ \t\u00a0]*(?:\/\/|\/\*|\\|\n|\r|$))\S/;
/** The blanks in a row that hide code, and the names that an obfuscator makes. */
const LEAST_BLANKS = 140;
const LEAST_NAMES = 12;
const HANGUL = /[\u3164\uFFA0]\s*[=,}\]]/;

/** Finds what a text hides from its readers. */
export function findHidden(text: string): readonly TextHit[] {
  const found: TextHit[] = [];
  const rotation = /\[['"]shift['"]\]/.test(text) ? ROTATION.exec(text) : null;
  if (rotation !== null)
    found.push({ sign: 'obfuscator', detail: 'names of an obfuscator', at: rotation.index });
  else if (mayHaveNames(text)) {
    const names = new Set<string>();
    let count = 0;
    let at = -1;
    for (const match of text.matchAll(OBFUSCATOR)) {
      if (at < 0) at = match.index;
      names.add(match[0]);
      if (++count > 200) break;
    }
    if (count >= LEAST_NAMES && names.size >= 4)
      found.push({ sign: 'obfuscator', detail: 'names of an obfuscator', at });
  }
  if (/\udb40|[\ufe00-\ufe0f]|[\u200b-\u200d]|[\u2060\ufeff\u3164\uffa0]/.test(text)) {
    const invisible = INVISIBLE.exec(text) ?? HANGUL.exec(text);
    if (invisible !== null)
      found.push({ sign: 'invisible-text', detail: 'invisible characters', at: invisible.index });
  }
  if (mayHaveBlanks(text) && /[;,})][ \t\u00a0]{140}/.test(text)) {
    const line = HIDDEN_LINE.exec(text);
    if (line !== null) found.push({ sign: 'hidden-line', detail: 'code behind blanks', at: line.index });
  }
  const jsfuck = text.includes('(![]+[])') ? /(?:[[\]()!+]){400,}/.exec(text) : null;
  if (jsfuck !== null) found.push({ sign: 'obfuscator', detail: 'code without letters', at: jsfuck.index });
  return found;
}

/** Checks whether a text has as many names of an obfuscator as count, without a look at each character. */
function mayHaveNames(text: string): boolean {
  let count = 0;
  for (const part of ['_0x', '_$_'])
    for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length))
      if (++count >= LEAST_NAMES) return true;
  return false;
}

/** Checks whether so many blanks follow each other: of as many characters, one is looked at. */
function mayHaveBlanks(text: string): boolean {
  for (let at = LEAST_BLANKS - 1; at < text.length; at += LEAST_BLANKS) {
    if (!isBlank(text, at)) continue;
    let first = at;
    while (first > 0 && isBlank(text, first - 1)) first--;
    while (isBlank(text, at + 1)) at++;
    if (at - first + 1 >= LEAST_BLANKS) return true;
  }
  return false;
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || code === 9 || code === 0xa0;
}

/** The length from which encoded data are a payload: smaller ones are icons and keys. */
const PAYLOAD = 1024;

/** Checks whether a text is encoded data of some size. */
export function isEncodedPayload(text: string): boolean {
  if (text.length < PAYLOAD || text.startsWith('data:')) return false;
  const head = text.slice(0, 4000);
  return /^[A-Za-z\d+/\s]+={0,2}$/.test(head)
    ? /\d/.test(head) && /[A-Z]/.test(head) && !/\s[a-z]+\s/.test(head)
    : /^(?:\\x)?[\da-f\s]+$/i.test(head);
}

/** Names that code which hides its strings would use. */
const HIDDEN_NAMES =
  /^(?:child_process|exec|execSync|spawn|execFile|homedir|hostname|userInfo|readFileSync|writeFileSync|eval|require|https?|net|env|process|createHash|platform|request|post)$/;

/** The length of the longest of them in base64. */
const LONGEST_ENCODED = 20;

/** Decodes the strings of an obfuscator, which swaps the cases in the alphabet of base64, and counts the names among them. */
export function namesInStrings(
  texts: readonly string[],
  decode: (text: string) => string | undefined,
): readonly string[] {
  const found = new Set<string>();
  for (const text of new Set(texts)) {
    if (HIDDEN_NAMES.test(text)) found.add(text);
    else if (text.length >= 3 && text.length <= LONGEST_ENCODED && /^[A-Za-z\d+/]+={0,2}$/.test(text)) {
      const swapped = text.replace(/[A-Za-z]/g, (char) =>
        char < 'a' ? char.toLowerCase() : char.toUpperCase(),
      );
      for (const one of [decode(swapped), decode(text)])
        if (one !== undefined && HIDDEN_NAMES.test(one)) found.add(one);
    }
  }
  return [...found];
}
