import type { Sign } from './capability.ts';
import { isOwnHost } from './effects/hosts.ts';
import type { RecordedSign } from './record.ts';
import type { PlacedSign, Recorder } from './recorder.ts';

/** Signs that only count in files that also start programs. */
const NEEDS_PROCESSES: ReadonlySet<Sign> = new Set(['downloads-program', 'drops-program']);
const AT_START: ReadonlySet<Sign> = new Set(['network-at-start', 'processes-at-start']);
const READS: ReadonlySet<Sign> = new Set(['reads-credentials', 'reads-stores', 'credential-command']);
/** Signs that weigh more if the code says itself with which host it does that. */
const WITH_HOST: ReadonlySet<Sign> = new Set([
  'runs-remote-code',
  'sends-key',
  'sends-entered',
  'sends-captured',
  'remote-script',
]);
/** Variables with secrets, which begin with the service that they are for. */
const SECRET_FAMILY =
  /\b(?:NPM|NODE_AUTH|AWS|GITHUB|GH|GITLAB|AZURE|GOOGLE|GCP|GCLOUD|DOCKER|DIGITALOCEAN|CLOUDFLARE|VERCEL|NETLIFY|HEROKU|STRIPE|OPENAI|ANTHROPIC|DATABASE|VAULT|SSH|CI|SLACK|KUBE)_\w*(?:TOKEN|SECRET|KEY|PASSWORD|URL)\w*/g;

/** Packages with more files do several things that have nothing to do with each other. */
export const MOST_FILES = 40;

/** Drops signs that mean nothing where they are, and adds those that follow from several. Returns each once. */
export function addCombinations(
  { all, add, entries, inOneFile }: Recorder,
  files: ReadonlyMap<string, string>,
  ownName: string | undefined,
): readonly RecordedSign[] {
  const placed = all();
  const processes = new Set(
    placed.filter(({ sign }) => sign === 'processes-at-start').map(({ file }) => file),
  );
  const readsClipboard = entries().some(({ detail }) => detail === 'clipboard');
  const readsMemory = placed.some(({ sign }) => sign === 'reads-memory');
  const hasPayload = entries().some(({ capability }) => capability === 'payload');
  const found = new Map<Sign, PlacedSign>();
  const keep = (one: PlacedSign, sign: Sign = one.sign) => {
    if (!found.has(sign)) found.set(sign, { ...one, sign });
  };
  for (const one of placed) {
    if (one.sign === 'drops-program' && !hasPayload) continue;
    if (one.sign === 'seeks-secrets' && !readsMemory) continue;
    if (one.sign === 'replaces-clipboard' && !readsClipboard) continue;
    if (NEEDS_PROCESSES.has(one.sign) && !(one.isLoaded && processes.has(one.file))) continue;
    if (one.sign === 'obfuscator' && one.isInstall) keep(one, 'install-obfuscated');
    const isAtInstall = one.isInstall && one.isLoaded;
    // What every installer does weighs less than the same in a library.
    if (!isAtInstall || !AT_START.has(one.sign)) keep(one);
    if (!isAtInstall) continue;
    if (one.sign === 'network-at-start') {
      keep(one, 'install-network');
      add('install', 'network', one.file, one.line);
    }
    if (one.sign === 'processes-at-start') {
      keep(one, 'install-processes');
      add('install', 'processes', one.file, one.line);
    }
    if (one.sign === 'sends-machine') keep(one, 'install-sends');
  }
  // Programs that the install starts too are one behaviour.
  if (found.has('install-processes')) found.delete('processes-at-start');
  const isIn = (file: string, ...signs: readonly Sign[]) =>
    placed.some((one) => one.file === file && signs.includes(one.sign));
  const broken = found.get('breaks-page');
  if (broken !== undefined && !isIn(broken.file, 'place-trigger', 'time-trigger'))
    found.delete('breaks-page');
  const patterns = found.get('wallet-patterns');
  if (patterns !== undefined && isIn(patterns.file, 'hooks-requests')) keep(patterns, 'replaces-addresses');
  // A service that a function offers to install takes both a file and a command.
  const command = found.get('persistence-command');
  if (
    found.has('starts-with-login') &&
    command?.isLoaded === false &&
    !isLoadedAnywhere(placed, 'starts-with-login')
  )
    found.delete('persistence-command');
  const hosts = entries().filter(
    ({ capability, detail }) => capability === 'network' && detail.includes('.'),
  );
  for (const { file, sign } of placed) {
    // A script of the service itself is what its package is for.
    const isOther = (host: string) => sign !== 'remote-script' || !isOwnHost(host, ownName);
    const host = hosts.find((entry) => entry.file === file && isOther(entry.detail));
    if (WITH_HOST.has(sign) && host !== undefined)
      keep({ ...host, sign, isLoaded: false, isInstall: false }, 'fixed-host');
  }
  const machine = found.get('sends-machine');
  const names = entries().filter(({ capability }) => capability === 'profiling');
  if (machine !== undefined && names.length > 1) keep(machine, 'sends-machine-names');
  // Tools for settings send the file of variables that people give them.
  const sent = found.get('sends-credentials');
  if (
    sent?.isLoaded === false &&
    !isLoadedAnywhere(placed, 'sends-credentials') &&
    !entries().some(({ capability }) => capability === 'credentials')
  ) {
    found.delete('sends-credentials');
    keep(sent, 'sends-secret');
  }
  const workflow = found.get('writes-workflow');
  if (workflow?.isLoaded === true && entries().some(({ detail }) => detail === 'pushes to repositories'))
    keep(workflow, 'pushes-workflow');
  const secret = found.get('sends-secret');
  if (secret !== undefined && familiesIn(files.get(secret.file) ?? '') > 1) keep(secret, 'sends-secrets');
  const kinds = entries().filter(({ capability }) => capability === 'credentials');
  const hasNetwork = entries().some(({ capability }) => capability === 'network');
  // A large tool has several services, each with files of its own.
  const together = files.size > MOST_FILES ? inOneFile('credentials') : kinds;
  // Without a network, and not by themselves, they go nowhere.
  const isUsed = hasNetwork || placed.some(({ sign, isLoaded }) => isLoaded && READS.has(sign));
  if (together.length > 2 && isUsed)
    keep({ ...together[0]!, sign: 'reads-many-credentials', isLoaded: false, isInstall: false });
  return [...found.values()].map(({ sign, file, line }) => ({ sign, file, line }));
}

function isLoadedAnywhere(placed: readonly PlacedSign[], sign: Sign): boolean {
  return placed.some((one) => one.sign === sign && one.isLoaded);
}

function familiesIn(text: string): number {
  return new Set((text.match(SECRET_FAMILY) ?? []).map((name) => /^[A-Z]+/.exec(name)![0])).size;
}
