import type { CodeTrait } from '../../read/project/started-code.ts';
import type { ModuleText } from './module-text.ts';

/** Modules that open connections, by the name under which they are loaded. */
const CLIENTS =
  '(?:node:)?(?:https?|http2|net|tls|dgram|dns(?:/promises)?)|undici|axios|node-fetch|cross-fetch|got|request|needle|superagent|follow-redirects|phin|ws|make-fetch-happen|simple-get|@electron/get';

/** Loading of a module by one of these names; the names are not captured. */
function loading(names: string): RegExp {
  return new RegExp(String.raw`\b(?:require\(|import\(|import|from|getBuiltinModule\()"(?:${names})"`);
}

const LOADS_CLIENT = loading(CLIENTS);
const LOADS_PROGRAMS = loading('(?:node:)?child_process|execa|cross-spawn|shelljs|zx');
const FETCHES = /(?<![.\w$])fetch\(|\bglobalThis\.fetch\(|\bXMLHttpRequest\b|\bnew WebSocket\(/;
const SPAWNS = /\bBun\.spawn(?:Sync)?\(|\bDeno\.Command\(|\bprocess\.binding\("spawn_sync"/;
const ENVIRONMENT = /\bprocess\.env\b|\bBun\.env\b|\bDeno\.env\b/;
const DECODES = /(?<![.\w$])atob\(|\bBuffer\.from\([^()]{0,300},"(?:base64|hex)"\)/;
const EVALUATES =
  /(?<![.\w$])eval\((?!")|(?<![.\w$])(?:new )?Function\((?!"return this")|\bvm\.runIn\w*\(|\b_compile\(/;
const SAVES = /\bcreateWriteStream\(|\bwriteFile(?:Sync)?\(|\bBun\.write\(/;
const BINARY = /\bchmod(?:Sync)?\(|\.(?:tgz|tar\.gz|tar\.xz|zip|exe|node|dll|so|dylib)\b/;
/** Files with keys and tokens. `.npmrc` also configures proxies and registries. */
const CREDENTIAL_FILE =
  /(?:^|[/\\~ ])(?:\.ssh(?:[/\\]|$)|\.aws(?:[/\\]|$)|\.gnupg(?:[/\\]|$)|\.kube(?:[/\\]|$)|\.docker[/\\]config\.json|\.config[/\\]gcloud|\.git-credentials$|\.netrc$|\.npmrc$)|(?:^|[/\\])id_(?:rsa|ed25519|ecdsa)$|^wallet\.dat$|^Login Data$/;

type Sign = readonly [trait: CodeTrait, find: (module: ModuleText) => number | undefined];

const SIGNS: readonly Sign[] = [
  ['network', ({ code }) => indexOf(code, LOADS_CLIENT, FETCHES)],
  [
    'download',
    ({ code }) =>
      indexOf(code, LOADS_CLIENT, FETCHES) !== undefined && BINARY.test(code)
        ? indexOf(code, SAVES)
        : undefined,
  ],
  ['programs', ({ code }) => indexOf(code, LOADS_PROGRAMS, SPAWNS)],
  ['environment', ({ code }) => indexOf(code, ENVIRONMENT)],
  ['credentials', ({ strings }) => strings.find(({ value }) => CREDENTIAL_FILE.test(value))?.at],
  ['decodes', ({ code }) => indexOf(code, DECODES)],
  ['evaluates', ({ code }) => indexOf(code, EVALUATES)],
];

/** Returns what a module does, each with the first offset in its code. Code that is never reached counts too. */
export function moduleTraits(
  module: ModuleText,
): readonly { readonly trait: CodeTrait; readonly at: number }[] {
  return SIGNS.flatMap(([trait, find]) => {
    const at = find(module);
    return at === undefined ? [] : [{ trait, at }];
  });
}

const SHELL_SIGNS: readonly (readonly [CodeTrait, RegExp])[] = [
  [
    'network',
    /(?:^|[\s;&|(`"'])(?:curl|wget|nc|ncat|iwr|irm|Invoke-WebRequest|Invoke-RestMethod|Start-BitsTransfer|certutil|bitsadmin|urllib|requests\.(?:get|post)|git clone)(?=$|[\s(."'])/im,
  ],
  ['environment', /(?:^|[\s;&|(`])(?:printenv|env)\s*(?:$|[|>])|\bos\.environ\b/m],
  [
    'credentials',
    /(?:^|[/\\~\s"'])(?:\.ssh|\.aws|\.gnupg|\.kube)[/\\]|\.git-credentials\b|\.netrc\b|\.npmrc\b|\bid_(?:rsa|ed25519)\b/m,
  ],
  ['decodes', /\bbase64\s+(?:-[dD]\b|--decode)|\bFromBase64String\b|\bb64decode\b|\bxxd\s+-r/m],
];

/** Returns the same for a shell script or another text, with offsets in it. That it starts programs is no trait. */
export function shellTraits(text: string): readonly { readonly trait: CodeTrait; readonly at: number }[] {
  return SHELL_SIGNS.flatMap(([trait, sign]) => {
    const at = indexOf(text, sign);
    return at === undefined ? [] : [{ trait, at }];
  });
}

function indexOf(text: string, ...patterns: readonly RegExp[]): number | undefined {
  const found = patterns.map((pattern) => text.search(pattern)).filter((at) => at !== -1);
  return found.length === 0 ? undefined : Math.min(...found);
}
