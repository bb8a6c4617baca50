import { FOREIGN } from '../../scripts/foreign-code.ts';
import type { Effect } from '../effects/effect-of.ts';
import type { Called } from '../value/called.ts';
import { Label } from '../value/labels.ts';
import { credentialKinds } from '../value/text-labels.ts';
import { exactText, UNKNOWN } from '../value/value.ts';
import type { Found } from './found.ts';
import { readCommand, readForeign } from './read-command.ts';
import { readMemoryUse } from './read-memory.ts';
import { readRegistry } from './read-registry.ts';

interface Place {
  readonly at: number;
  readonly isLoaded: boolean;
}

/** A path into an installed package, however it was written. */
const IN_PACKAGE = /(?:^|\/)node_modules\/[^/.…]/;
const LOGIN =
  /\.(?:bashrc|zshrc|bash_profile|zprofile|profile|zshenv)$|LaunchAgents|LaunchDaemons|systemd\/user|\.config\/autostart|Start Menu|Startup\b|\/etc\/(?:cron|profile|rc\.local)|crontab/;
/** What people keep themselves. A shortcut there is what an installer offers. */
const DOCUMENTS =
  /^~\/(?:OneDrive\/)?(?:Desktop|Documents|Downloads|Pictures)\/(?!.*\.(?:desktop|lnk|url|webloc)$)/i;
/** Files that a shell runs later: on login, in Git, or as scripts. */
const SHELL =
  /\.(?:bashrc|zshrc|bash_profile|zprofile|profile|zshenv|sh|bat|cmd|ps1|vbs)$|\.git\/hooks\/|\/etc\/profile/;
/** A file of a name of its own, in whichever folder. */
const FIXED_NAME = /…\/[^…/]+$/;
/** Where other programs have their code. */
const PROGRAMS =
  /\/app\.asar\b|\.app\/Contents\/|AppData\/(?:Local\/)?Programs\/|(?:^~|AppData).*\/(?:[Dd]iscord\w*|[Ee]xodus|[Aa]tomic)\/.*\.(?:js|asar|html)$|discord_desktop_core/;
const LONGEST_SCRIPT = 20_000;
const AGENTS =
  /(?:\.claude|\.cursor|\.gemini|\.codex|\.continue|\.vscode)(?:\.json|\/)|claude_desktop_config/;
/** Files that no program runs. */
const DATA = /\.(?:json5?|md|map|ya?ml|toml|lock|svg|css|graphql|proto|d\.ts)$/i;
/** Settings that may start commands when a folder or an agent is opened. */
const START_SETTING = /\.vscode\/tasks\.json$|\.claude\/settings(?:\.local)?\.json$|\.cursor\/hooks\.json$/;
const STORES = /^(?:browser|wallet|messenger|keychain)$/;

/** Files that are run as code, or that load some. */
const SCRIPT = /\.(?:[cm]?js|html?)$/;

/** Reads a call that opens, lists, writes or removes files. */
export function readFileCall(
  effect: Effect,
  { args, callee }: Called,
  { at, isLoaded }: Place,
  found: Found,
): void {
  const [first = UNKNOWN, second = UNKNOWN] = args;
  const isCopy = /\b(?:copy|cp|rename|move|link|symlink)\w*$/i.test(callee.ref ?? '');
  const path = first.text ?? '';
  const target = effect === 'write' && isCopy ? second : first;
  const to = target.text ?? '';
  const all = first.labels | (isCopy ? second.labels : 0);
  const sign = (name: Parameters<Found['sign']>[0]) => found.sign(name, at, isLoaded);
  if (effect === 'read' || effect === 'list' || isCopy) {
    if (all & Label.home) found.add('files', 'reads home', at);
    readCredentials(path, first.labels, at, isLoaded, found);
    readMemoryUse(path, at, isLoaded, found);
  }
  if (effect === 'write') {
    if (target.labels & Label.home) found.add('files', 'writes home', at);
    else if (target.labels & Label.temporary) found.add('files', 'writes temporary', at);
    else found.add('files', 'writes', at);
    const isTo = (pattern: RegExp) =>
      [target, ...(target.others ?? [])].some(({ text }) => pattern.test(text ?? ''));
    if (isLoaded && isTo(SHELL)) {
      const place = { at, isLoaded, isDetached: false, isTemporary: false, isHidden: false };
      readCommand(second.text?.slice(0, LONGEST_SCRIPT) ?? '', place, found);
    }
    if (isLoaded && second.text !== undefined && isTo(FOREIGN)) readForeign(second.text, at, isLoaded, found);
    if (isLoaded && target.labels & Label.home && isTo(PROGRAMS)) {
      found.add('tampering', 'other programs', at);
      sign('changes-program');
    }
    if (isTo(LOGIN)) {
      found.add('persistence', 'files', at);
      sign('starts-with-login');
    }
    if (isTo(/authorized_keys/)) {
      found.add('persistence', 'ssh', at);
      sign(isLoaded ? 'opens-login' : 'starts-with-login');
    }
    if (isTo(AGENTS) && target.labels & (Label.home | Label.credentialPath)) {
      found.add('persistence', 'agents', at);
      // Programs that people start offer to set up their agents.
      if (isLoaded) sign('changes-agents');
    }
    if (isLoaded && !isCopy && isTo(START_SETTING) && found.startsOnOpen) {
      found.add('persistence', 'opened folders', at);
      sign('runs-on-open');
      if (!(target.labels & (Label.home | Label.credentialPath))) sign('changes-agents');
    }
    if (/\.github\/workflows/.test(to)) {
      found.add('propagation', 'workflow files', at);
      sign('writes-workflow');
    }
    const named = [target, ...(target.others ?? [])].filter(({ text, ref }) => (text ?? ref) !== undefined);
    // Paths that were collected in a list have no text. One of several that is its own may be meant alone.
    const isInPackage =
      (target.labels & Label.package) !== 0 ||
      (named.length > 0 && named.every(({ text }) => IN_PACKAGE.test(text ?? '')));
    const isOther =
      (isInPackage && named.every(({ text }) => found.isOtherPackage(text ?? ''))) ||
      (isLoaded && (target.labels & Label.own) !== 0 && found.isSibling(to));
    if (isOther) {
      found.add('tampering', 'other packages', at);
      sign('changes-package');
      if (second.labels & Label.remote && SCRIPT.test(to)) sign('runs-remote-code');
    }
    if (/(?:^|\/)\.(?:npmrc|yarnrc(?:\.yml)?)$/.test(to) && target.labels & Label.home)
      readRegistry(second.text ?? '', at, isLoaded, found);
    if (isLoaded && !isCopy && DOCUMENTS.test(to)) {
      found.add('tampering', 'documents of the user', at);
      sign('writes-documents');
    }
    const isConstant =
      exactText(second) !== undefined && (second.labels & ~(Label.decoded | Label.pieced)) === 0;
    if (isOther || SCRIPT.test(to)) found.code(second.text, at, isLoaded);
    if (!isCopy && target.labels & Label.listing && isConstant && !FIXED_NAME.test(to)) {
      found.add('destruction', 'overwrites files', at);
      sign('overwrites');
      if (isLoaded && target.labels & (Label.home | Label.userListing)) sign('removes-home');
    }
    if (second.labels & Label.remote && second.ref !== 'JSON.stringify()' && !DATA.test(to)) {
      sign('downloads-program');
      if (to !== '') found.downloads.add(to);
    }
    if (second.labels & Label.decoded && !(second.labels & Label.remote) && !isCopy) sign('drops-program');
  }
  if (effect === 'remove') {
    const isWhole = second.members?.get('recursive')?.number === 1 && first.others === undefined;
    const isProject = isWhole && /^<cwd>\/?$/.test(exactText(first) ?? '');
    if (isProject || /^(?:~|\/|[A-Z]:\\?)\/?$/.test(path)) {
      found.add('destruction', isProject ? 'removes the project' : 'removes the home folder', at);
      sign('removes-home');
    } else
      found.add('files', first.labels & (Label.home | Label.temporary) ? 'removes outside' : 'removes', at);
    // What a tool keeps in a folder of its own is its own, and so may be what a function that others call is given.
    const isUsers = (isLoaded || path !== '') && /^(?:$|~\/?(?:…|$))/.test(path);
    if (first.labels & Label.home && first.labels & Label.listing && isUsers) {
      found.add('destruction', 'removes files of the user', at);
      sign('removes-home');
    }
    if (first.ref === '__filename' || first.ref === 'import.meta.filename') {
      found.add('obfuscation', 'removes itself', at);
      sign('removes-itself');
    }
    if (first.labels & Label.package && found.isOtherPackage(path)) {
      found.add('tampering', 'other packages', at);
      sign('changes-package');
    }
  }
}

/** Reads which credentials a path may lead to. */
function readCredentials(path: string, labels: number, at: number, isLoaded: boolean, found: Found): void {
  if (!(labels & Label.credentialPath)) return;
  const kinds = credentialKinds(path);
  for (const kind of kinds.length > 0 ? kinds : ['files']) {
    if (kind === 'env-file' || kind === 'system') {
      found.add('environment', kind === 'system' ? 'system files' : 'files', at);
      continue;
    }
    found.add('credentials', kind, at);
    found.sign(STORES.test(kind) ? 'reads-stores' : 'reads-credentials', at, isLoaded);
  }
}
