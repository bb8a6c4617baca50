import { Label } from './labels.ts';
import { formLabels } from './page-forms.ts';
import { UNKNOWN, type Value } from './value.ts';

const LONGEST = 120;

const GLOBALS: ReadonlySet<string> = new Set(['globalThis', 'global', 'window', 'self', 'top', 'frames']);

/** Returns the path of a name that no scope declares. */
export function globalRef(name: string): string {
  return GLOBALS.has(name) ? 'global' : name;
}

/** Returns the path of a module, by which its members are known. */
export function moduleRef(specifier: string): string {
  return `mod:${specifier
    .replace(/^node:/, '')
    .replace(/^(fs|dns|stream|timers|readline)\/promises$/, '$1.promises')
    .replace(/\/$/, '')}`;
}

export function memberRef(ref: string, name: string): string {
  if (ref === 'global') return globalRef(name);
  if (name === 'default' && ref.startsWith('mod:')) return ref;
  if (ref === 'mod:*') {
    const owner = OWNERS.find(([, names]) => names.test(name))?.[0];
    if (owner !== undefined) return `mod:${owner}.${name}`;
  }
  return ref.length > LONGEST ? ref : `${ref}.${name}`;
}

/** Modules by members that only they have, for modules whose names are not known. */
const OWNERS: readonly (readonly [string, RegExp])[] = [
  ['child_process', /^(?:exec|execSync|execFile|execFileSync|spawn|spawnSync)$/],
  ['os', /^(?:homedir|hostname|userInfo|networkInterfaces|tmpdir)$/],
  [
    'fs',
    /^(?:readFileSync|writeFileSync|appendFileSync|unlinkSync|readdirSync|writeFile|readFile|createWriteStream|unlink|chmodSync)$/,
  ],
  ['https', /^request$/],
  ['path', /^(?:join|resolve)$/],
  ['ws', /^WebSocket$/],
];

/** The path of a function that loads the modules of a bundle. */
export const BUNDLE = '<bundle>';

export function callRef(ref: string): string {
  return ref.length > LONGEST ? ref : `${ref}()`;
}

/** The ways to load a module by its name. */
const LOADERS: ReadonlySet<string> = new Set([
  ...[
    'require',
    'module.require',
    'process.mainModule.require',
    'require.main.require',
    'module.parent.require',
  ],
  ...[
    'mod:module.createRequire()',
    'mod:module._load',
    'module.constructor._load',
    'require.main.constructor._load',
  ],
  ...[
    'process.getBuiltinModule',
    '__non_webpack_require__',
    'mod:process.getBuiltinModule',
    'mod:process.mainModule.require',
  ],
  ...['mod:module.Module._load', 'module.children.*.require', 'module.parent.constructor._load'],
]);

export function isLoader(ref: string | undefined): boolean {
  return ref !== undefined && LOADERS.has(ref);
}

const SPECIFIER = /^[@\w~#./\\][\w@./\\:~+ -]*$/;

/** Checks for the name of a module that makes no sense, as the code decodes it in another way than it is read here. */
export function isMisread(name: Value): boolean {
  return (
    (name.labels & Label.decoded) !== 0 &&
    !/^data:/.test(name.text ?? '') &&
    !SPECIFIER.test(name.text ?? '-')
  );
}

const MACHINE =
  /^mod:os\.(?:hostname|userInfo|networkInterfaces)\(\)|^process\.env\.(?:USER|USERNAME|LOGNAME|HOSTNAME|COMPUTERNAME|USERDOMAIN)$|^mod:(?:systeminformation|node-machine-id|macaddress|getmac|username|ip|address|default-gateway|fullname|os-name)\b.*\(\)$/;
const SECRET =
  /(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_?KEY(?:_ID)?|PRIVATE_?KEY|AUTH|CREDENTIALS?|MNEMONIC|PAT)(?:$|_)/i;

const known = new Map<string, Value>();
const MOST_KNOWN = 20_000;

/** Returns the value of a path, as a whole program uses few of them, often. */
export function refValue(ref: string): Value {
  const found = known.get(ref);
  if (found !== undefined) return found;
  const made = valueOfRef(ref);
  if (known.size < MOST_KNOWN) known.set(ref, made);
  return made;
}

/** Returns the value of a path: constants such as the home folder, and the labels of what it reads. */
function valueOfRef(ref: string): Value {
  switch (ref) {
    case 'undefined':
    case 'null':
      return UNKNOWN;
    case '__dirname':
    case '__filename':
    case 'import.meta.url':
    case 'import.meta.dirname':
    case 'import.meta.filename':
    case 'module.filename':
      return {
        labels: Label.own,
        text: ref === '__filename' || ref.endsWith('url') || ref.endsWith('filename') ? './index.js' : '.',
        ref,
      };
    case 'process.env.HOME':
    case 'process.env.USERPROFILE':
    case 'process.env.HOMEPATH':
      return { labels: Label.home, text: '~', ref };
    case 'process.env.APPDATA':
    case 'process.env.LOCALAPPDATA':
      return { labels: Label.home, text: '~/AppData', ref };
    case 'process.env.TEMP':
    case 'process.env.TMP':
    case 'process.env.TMPDIR':
      return { labels: Label.temporary, text: '/tmp', ref };
    case 'document.cookie':
      return { labels: Label.entered, ref };
    case 'process.env':
      return { labels: Label.environment, ref };
    case 'process.platform':
    case 'process.arch':
      return { labels: 0, ref };
    case 'navigator.language':
    case 'navigator.languages':
      return { labels: Label.place, ref };
    case 'mod:os.userInfo().homedir':
      return { labels: Label.home, text: '~', ref };
    case 'mod:os.EOL':
      return { labels: 0, text: '\n' };
    case 'mod:path.sep':
      return { labels: 0, text: '/' };
  }
  if (ref.startsWith('mod:process.')) return refValue(ref.slice(4));
  const variable = /^process\.env\.([^.()*]+)$/.exec(ref)?.[1];
  if (variable !== undefined) {
    const labels =
      (SECRET.test(variable) ? Label.secret : 0) |
      (MACHINE.test(ref) ? Label.machine : 0) |
      (/^(?:LANG|LC_ALL|TZ)$/.test(variable) ? Label.place : 0);
    return { labels, ref };
  }
  return { labels: (MACHINE.test(ref) ? Label.machine : 0) | formLabels(ref), ref };
}
