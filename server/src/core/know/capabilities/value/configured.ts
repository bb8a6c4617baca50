import { hostsIn, isHost } from '../effects/hosts.ts';
import { Label } from './labels.ts';
import type { Value } from './value.ts';

const OWN_MACHINE = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Labels of a host that the code has but hides. */
const HIDDEN = Label.decoded | Label.codes | Label.reversed | Label.remote;

/** A variable of the environment, other than those that npm makes of the package's own manifest. */
const VARIABLE = /^process\.env\.(?!npm_package_)/;

/**
 * Checks for a target that a variable of the environment gives or that is this machine, if the code names no other host, nor
 * has a host or URL of its own that is not known.
 */
export function isConfigured(targets: readonly (Value | undefined)[]): boolean {
  if (isSetting(targets)) return true;
  const [, ...named] = targets.slice(0, -1).map(eachOf);
  if (named.some((each) => each.length > 0 && !each.some(isGiven))) return false;
  const all = targets.flatMap(eachOf);
  return all.some(isGiven) && all.every(({ text }) => hostsOf(text).every((host) => OWN_MACHINE.test(host)));
}

function eachOf(target: Value | undefined): readonly Value[] {
  return target === undefined ? [] : [target, ...(target.others ?? [])];
}

function hostsOf(text = ''): readonly string[] {
  const hosts = hostsIn(text);
  return hosts.length === 0 && (isHost(text) || OWN_MACHINE.test(text)) ? [text] : hosts;
}

function isGiven({ text, ref }: Value): boolean {
  return hostsOf(text).some((host) => OWN_MACHINE.test(host)) || (ref !== undefined && VARIABLE.test(ref));
}

/** Checks for options with a host of which nothing is known: who calls the code chooses it. */
function isSetting([first, ...members]: readonly (Value | undefined)[]): boolean {
  const hosts = members.slice(0, HOST_MEMBERS.length).filter((one) => one !== undefined);
  return (
    first?.members !== undefined &&
    hosts.length > 0 &&
    hosts.every(
      ({ text, ref, list, labels }) => (text ?? ref ?? list) === undefined && (labels & HIDDEN) === 0,
    )
  );
}

const HOST_MEMBERS = ['hostname', 'host', 'url'];

/** Returns what names the target of a request: a URL, or options with one. */
export function targetsOf([first, second]: readonly Value[]): readonly (Value | undefined)[] {
  return [first, ...HOST_MEMBERS.map((name) => first?.members?.get(name)), second];
}

/** Checks for a connection to a socket in the file system, which a program of this machine serves. */
export function isOwnSocket(ref: string, [first]: readonly Value[]): boolean {
  if (/^mod:https?\./.test(ref)) return first?.members?.has('socketPath') === true;
  if (!/^mod:net\.(?:connect|createConnection)$/.test(ref) || first === undefined) return false;
  const { text, members } = first;
  if (members !== undefined) return members.has('path') && !members.has('host') && !members.has('port');
  return text !== undefined && /[\\/]|\.sock$/.test(text);
}

/** The host of the page that loaded the code, which is where its scripts are from. */
export const OWN_PAGE = '<page>';
const TO_PAGE = new RegExp(`^(?:(?:https?|wss?|…):?)?(?://)?${OWN_PAGE}(?::\\d+)?(?=$|[/?#])`);

/** Checks for a request to the page's own host. A path is one for `fetch`, which takes nothing else without a page. */
export function isToPage(ref: string, [first]: readonly Value[]): boolean {
  return [first, ...(first?.others ?? [])].some(
    ({ text = '' } = { labels: 0 }) => TO_PAGE.test(text) || (ref === 'fetch' && /^\/\w/.test(text)),
  );
}

/** Modules of the platform: those that connect have effects of their own. */
const PLATFORM =
  /^mod:(?:https?|http2|net|tls|dns|dgram|url|fs|path|child_process|crypto|stream|util|events|zlib|os|assert|vm)\b/;

/** Checks for a call of a module of others that names a host other than this machine. */
export function isClient(ref: string, args: readonly Value[]): boolean {
  if (PLATFORM.test(ref)) return false;
  const first = args[0];
  if (first?.text !== undefined && namesOther(first.text)) return true;
  const members = first?.members;
  return (
    members !== undefined &&
    SERVER_MEMBERS.some((name) => {
      const text = members.get(name)?.text;
      return text !== undefined && namesOther(text);
    })
  );
}

const SERVER_MEMBERS = [
  ...['hostname', 'host', 'url', 'uri', 'endpoint', 'baseURL', 'baseUrl', 'server', 'address', 'dsn'],
];

function namesOther(text: string): boolean {
  return hostsOf(text).some((host) => !OWN_MACHINE.test(host));
}
