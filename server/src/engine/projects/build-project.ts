import { automationSystemOf } from '../../core/read/automation/automation.ts';
import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import { managerOfLockfile } from '../../core/read/manager/manager-of-lockfile.ts';
import { ignoresShrinkwrap } from '../../core/read/manager/npm/ignores-shrinkwrap.ts';
import type { PackageManager } from '../../core/read/manager/package-manager.ts';
import { type ExoticSource, exoticSourcesIn } from '../../core/read/manifest/exotic-names.ts';
import type { Manifest } from '../../core/read/manifest/manifest.ts';
import { HEAD } from '../../core/read/project/base.ts';
import type { BuildContext } from '../../core/read/project/build-context.ts';
import type { CheckedFile } from '../../core/read/project/checked-file.ts';
import { type TrustedFolders, trustOf } from '../../core/read/project/folder-trust.ts';
import { gitHubOwnerOf } from '../../core/read/project/github-owner.ts';
import type { InstallState } from '../../core/read/project/install-state.ts';
import { librariesAmong, memberNamesOf, membersOf } from '../../core/read/project/members/members.ts';
import { type NewCodes, NO_NEW_CODE } from '../../core/read/project/new-code.ts';
import type {
  AskedRange,
  LockfilePresence,
  Member,
  Project,
  UnreadDeclaration,
} from '../../core/read/project/project.ts';
import { type ScopeSources, scopeEvidenceIn } from '../../core/read/project/registries/scope-evidence.ts';
import { NO_STARTED_CODE, type StartedCode } from '../../core/read/project/started-code.ts';
import type { Usage } from '../../core/read/project/usage.ts';
import { isWithin, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import { type BaseState, NO_BASE } from '../base/base-state.ts';
import type { CommittedLockfiles } from '../base/committed-lockfiles.ts';
import { policyInForce } from '../base/policy-in-force.ts';
import type { Ports } from '../ports.ts';
import type { EngineSettings } from '../settings.ts';
import { sameArray, sameMap, sameRecord, sameSet } from '../units/equality.ts';
import { buildContextOf } from './build-context.ts';
import type { BuiltProject } from './built-project.ts';
import type { FileStore } from './file-store.ts';
import { meaningsOf, modelsOf, readManagerConfig, replacementsIn } from './manager-config.ts';
import { policiesOfFiles } from './policies-of-files.ts';
import type { LockfileFile, ProjectFiles } from './project-files.ts';
import { checkedFilesOf } from './project-files.ts';
import { lockfileIn, managerOf } from './project-manager.ts';
import { registriesOf } from './registries-of.ts';
import { sbomIn } from './sbom-files.ts';
import { unreadDeclarationOf } from './unread-declaration.ts';
import { updateBotOf } from './update-bot.ts';

export interface BuildInput {
  readonly found: ProjectFiles;
  readonly store: FileStore;
  readonly settings: EngineSettings;
  readonly trustedFolders: TrustedFolders;
  readonly ports: Ports;
  /** From all loaded projects. */
  readonly scopes: Omit<ScopeSources, 'config'>;
  /** The HEAD version of a lockfile; see `CommittedLockfiles.peek`. */
  readonly committed?: Pick<CommittedLockfiles, 'peek' | 'state'>;
  /** See `Project.newCode`. */
  readonly newCode?: NewCodes | undefined;
  /** See `Project.askedRange`. */
  readonly askedRange?: AskedRange | undefined;
  readonly usage?: Usage | undefined;
  readonly installState?: InstallState | undefined;
  /** See `Project.installedLicenses`. */
  readonly installedLicenses?: ReadonlyMap<string, string> | undefined;
  readonly base?: BaseState;
  /** See `Project.startedCode`. */
  readonly startedCode?: StartedCode | undefined;
  /** See `Project.governedLockfiles`. */
  readonly governed?: readonly Lockfile[] | undefined;
  readonly previous: BuiltProject | undefined;
}

/**
 * Builds the project from the current texts of its files. Unchanged parts keep their object, so that units of work
 * which read only those need not run again.
 */
export function buildProject(input: BuildInput): BuiltProject {
  const { found, store, settings, trustedFolders, ports, scopes, previous, base = NO_BASE } = input;
  const { root } = found;
  const before = previous?.project;
  const manifests = parsedAll(found.manifests, (uri) => store.parsed('manifest', uri, undefined));
  const { reviewed } = base;
  const { policyRead, policyInherited, policiesAbove, reviewedPolicies, ...inForce } = policyInForce({
    ...{ found, store, settings, reviewed, before: before?.policy },
    policyBase: policyBaseOf(found, settings),
  });
  const { policyBase } = inForce;
  const { policy } = inForce.effective;
  const trust = trustOf(root, trustedFolders);
  const trustsPolicy = trust === 'trusted' || isPolicyTrusted(input);
  const npmrc = found.npmrc === undefined ? undefined : store.parsed('npmrc', found.npmrc, 'project');
  const user = ports.userNpmrc === undefined ? undefined : store.parsed('npmrc', ports.userNpmrc, 'user');
  const global =
    ports.globalNpmrc === undefined ? undefined : store.parsed('npmrc', ports.globalNpmrc, 'global');
  const lockfiles = found.lockfiles
    .filter(({ uri, isBinary }) => isBinary || store.peek(uri)?.type !== 'missing')
    .map((file) => ({ file, lockfile: lockfileIn(file, store) }));
  const committed = new Map<Uri, Lockfile | undefined>();
  const committedStates = new Map<Uri, Project['lockfileBase']>();
  for (const { file } of lockfiles) {
    if (file.atRoot) {
      committedStates.set(file.uri, input.committed?.state(file, store.textOf(file.uri)) ?? 'unread');
    }
    if (file.atRoot) committed.set(file.uri, input.committed?.peek(file, store.textOf(file.uri)));
  }
  const gitIgnore = gitIgnoreOf(found, store);
  const config = readManagerConfig(found, store);
  const auditFiles = found.auditFiles
    .map((uri) => store.parsed('auditIgnores', uri, undefined))
    .filter((file) => file !== undefined);
  const automation = found.automationFiles.flatMap(
    (uri) => store.parsed('automation', uri, automationSystemOf(uri)!) ?? [],
  );
  const beside = [
    ...found.memberNpmrcs.map((uri) => store.parsed('memberNpmrc', uri, undefined)),
    ...found.dotenvs.map((uri) => store.parsed('dotenv', uri, undefined)),
  ].filter((file) => file !== undefined);
  const sboms = found.comparedSboms.flatMap((uri) => store.parsed('sbom', uri, undefined) ?? []);
  const bots = found.botFiles.flatMap((uri) => store.parsed('botCooldowns', uri, undefined) ?? []);
  const updateBot = updateBotOf(found, store);
  const sbom = sbomIn(found, store);
  const buildContext = keep(before?.buildContext, buildContextOf(found, store), sameRecord<BuildContext>);
  const governed = keep(before?.governedLockfiles, input.governed, sameArray(Object.is));
  const madeOf = [
    ...[
      found,
      settings,
      scopes,
      policy,
      policyRead,
      ...policiesAbove,
      npmrc,
      user,
      global,
      gitIgnore?.text,
      ...modelsOf(config),
    ],
    ...[...manifests, ...lockfiles.map(({ file, lockfile }) => lockfile ?? refusal(file, store))],
    ...committed.values(),
    ...committedStates.values(),
    ...auditFiles,
    ...automation,
    ...beside,
    ...sboms,
    ...bots,
    ...[
      updateBot,
      sbom,
      buildContext,
      governed,
      trustedFolders,
      base,
      input.startedCode,
      input.newCode,
      input.askedRange?.from,
      input.askedRange?.to,
      input.usage,
      input.installState,
      input.installedLicenses,
    ],
  ];
  if (previous !== undefined && sameArray(Object.is)(previous.madeOf, madeOf)) return previous;

  const rootUri = found.manifests.find((uri) => uri === `${found.root}/package.json`);
  const rootManifest = rootUri === undefined ? undefined : store.parsed('manifest', rootUri, undefined);
  const atRoot = lockfiles.filter(({ file }) => file.atRoot);
  const manager = keep(
    before?.manager,
    managerOf(found, { rootManifest, config, atRoot }),
    sameRecord<PackageManager>,
  );
  const registries = registriesOf(
    {
      ...{ root, trust, trustedFolders, manager, config, ports },
      npmrcs: { project: npmrc, user, global },
      mirrors: policy.mirrors,
      reviewed,
      openMirrors: [
        ...(policyInherited ? [policyInherited] : []),
        ...policiesAbove,
        ...reviewedPolicies,
      ].flatMap((one) => one.mirrors),
    },
    previous?.registries,
  );
  const { npmConfig } = registries;
  const meanings = meaningsOf(manager, rootManifest, config, before);
  const members = keep(before?.members, membersOf(found.root, manifests), sameMap(sameRecord<Member>));
  const lockfile = lockfileOf(manager, atRoot);
  const exoticSources = keep(
    before?.exoticSources,
    exoticSourcesIn(found.root, manifests, replacementsIn(meanings)),
    sameMap(sameArray(sameRecord<ExoticSource>)),
  );
  const ofFiles = policiesOfFiles(inForce, checkedFilesOf(found), before);
  const project: Project = {
    root: found.root,
    repository: found.repository,
    rootManifest,
    members,
    memberNames: keep(before?.memberNames, memberNamesOf(members), sameSet),
    libraries: keep(before?.libraries, librariesAmong(found.root, manifests), sameSet),
    manager,
    lockfile,
    base: keep(before?.base, settings.base === undefined ? HEAD : { revision: settings.base }, sameRecord),
    configurationBefore: base.configuration,
    newCode: input.newCode ?? NO_NEW_CODE,
    sinceBase: base.since,
    startedCode: input.startedCode ?? NO_STARTED_CODE,
    lockfileBase: (lockfile && committedStates.get(lockfile.uri)) ?? 'unread',
    lockfileBases: keep(before?.lockfileBases, committedStates, sameMap(Object.is)),
    askedRange: keep(before?.askedRange, input.askedRange, sameRecord<AskedRange>),
    reviewed,
    ...ofFiles,
    committedLockfile: lockfile === undefined ? undefined : committed.get(lockfile.uri),
    lockfiles: keep(
      before?.lockfiles,
      atRoot.map((one) => presence(one, store)),
      sameArray(sameRecord<LockfilePresence>),
    ),
    npmConfig,
    pnpmWorkspace: config.pnpmWorkspace,
    yarnrcs: keep(before?.yarnrcs, config.yarnrcs, sameArray(Object.is)),
    bunfig: config.bunfig,
    ...meanings,
    policy,
    ...{ trust, trustsPolicy },
    policyBase,
    checkedFolder: settings.checkedFolder ?? found.bound,
    unreadDeclaration: keep(
      before?.unreadDeclaration,
      unreadDeclarationOf({
        ...{ found, store, settings, ports, lockfiles },
        policies: [...(policyInherited ? [policyInherited] : []), ...policiesAbove],
        models: [
          npmrc,
          user,
          global,
          config.pnpmWorkspace,
          ...config.yarnrcs,
          config.bunfig,
          config.userBunfig,
        ],
      }),
      sameRecord<UnreadDeclaration>,
    ),
    governedLockfiles: governed,
    scopeEvidence: keep(
      before?.scopeEvidence,
      scopeEvidenceIn({ ...scopes, config: npmConfig }),
      sameMap(
        sameArray((a, b) => a.registry === b.registry && a.uri === b.uri && sameRecord(a.span, b.span)),
      ),
    ),
    exoticNames: keep(before?.exoticNames, new Set(exoticSources.keys()), sameSet),
    exoticSources,
    gitIgnore: keep(before?.gitIgnore, gitIgnore, sameRecord),
    gitHubOwner: gitHubOwnerOf(rootManifest),
    automation: keep(before?.automation, automation, sameArray(Object.is)),
    bots: keep(before?.bots, bots, sameArray(Object.is)),
    updateBot,
    sbom,
    buildContext,
    insideMember: found.insideMember,
    usage: input.usage,
    installState: input.installState,
    installedLicenses: input.installedLicenses,
  };
  const files = new Map<Uri, CheckedFile>();
  for (const manifest of manifests) files.set(manifest.uri, manifest);
  for (const { lockfile } of lockfiles) if (lockfile !== undefined) files.set(lockfile.uri, lockfile);
  if (npmrc !== undefined) files.set(npmrc.uri, npmrc);
  const outside = new Map<Uri, CheckedFile>();
  const checked = new Set(checkedFilesOf(found));
  for (const file of [config.pnpmWorkspace, ...config.yarnrcs, config.bunfig, config.userBunfig]) {
    if (file !== undefined) (checked.has(file.uri) ? files : outside).set(file.uri, file);
  }
  for (const file of [...auditFiles, ...automation, ...beside, ...sboms]) files.set(file.uri, file);
  for (const uri of base.unnamed.get(root) ?? [])
    files.set(uri, { kind: 'program', uri, text: store.textOf(uri) ?? '', problems: [] });
  if (policyRead !== undefined) files.set(policyRead.uri!, policyRead);
  if (found.hasOnlyAutomation)
    for (const [uri, { kind }] of files) if (kind !== 'automation') files.delete(uri);
  return { project, files, outside, lockfiles, registries, madeOf };
}

/** Checks whether the user named the configuration file or its folder. */
function isPolicyTrusted({ found: { policy }, settings, trustedFolders }: BuildInput): boolean {
  // Of the hosts and mirrors of a project, only those of a locked policy count.
  if (settings.policyFile !== undefined || settings.organisationPolicy !== undefined) return true;
  return policy !== undefined && trustOf(parentUri(policy), trustedFolders) === 'trusted';
}

/**
 * Returns the base folder of globs, as for `exclude`: the file's own folder, or that of the whole search if one file
 * replaces all others.
 */
function policyBaseOf({ root, bound, policy }: ProjectFiles, { policyFile }: EngineSettings): Uri {
  const base = policyFile !== undefined ? bound : policy === undefined ? root : parentUri(policy);
  return isWithin(base, root) ? base : root;
}

function keep<T>(before: T | undefined, next: T, same: (a: NonNullable<T>, b: NonNullable<T>) => boolean): T {
  if (before === undefined || before === null || next === undefined || next === null) return next;
  return same(before, next) ? before : next;
}

function parsedAll(uris: readonly Uri[], parse: (uri: Uri) => Manifest | undefined): readonly Manifest[] {
  const manifests: Manifest[] = [];
  for (const uri of uris) {
    const manifest = parse(uri);
    if (manifest !== undefined) manifests.push(manifest);
  }
  return manifests;
}

/**
 * Returns the lockfile that the manager reads: npm-shrinkwrap.json takes precedence over package-lock.json up to npm
 * 11.
 */
function lockfileOf(manager: PackageManager, atRoot: BuiltProject['lockfiles']): Lockfile | undefined {
  const own = atRoot.filter(({ file }) => managerOfLockfile(file.kind) === manager.name);
  const shrinkwrap = own.find(({ file }) => file.kind === 'npm-shrinkwrap');
  const other = own.find((one) => one !== shrinkwrap);
  const chosen = ignoresShrinkwrap(manager) ? (other ?? shrinkwrap) : (shrinkwrap ?? other);
  const lockfile = chosen?.lockfile;
  return lockfile === undefined || lockfile.status === 'unsupported' || lockfile.status === 'unreadable'
    ? undefined
    : lockfile;
}

function refusal({ uri }: LockfileFile, store: FileStore): string {
  const read = store.peek(uri);
  return read?.type === 'refused' ? read.reason : 'not read';
}

function presence({ file, lockfile }: BuiltProject['lockfiles'][number], store: FileStore): LockfilePresence {
  return {
    uri: file.uri,
    format: file.kind,
    status: lockfile?.status ?? 'unreadable',
    reason: lockfile === undefined ? refusal(file, store) : lockfile.reason,
  };
}

function gitIgnoreOf(found: ProjectFiles, store: FileStore): Project['gitIgnore'] {
  const text = found.gitIgnore === undefined ? undefined : store.textOf(found.gitIgnore);
  return text === undefined ? undefined : { uri: found.gitIgnore!, text };
}
