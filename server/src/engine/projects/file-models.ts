import {
  type Automation,
  type AutomationSystem,
  isYamlAutomation,
} from '../../core/read/automation/automation.ts';
import { readDeveloperFile, readHook } from '../../core/read/automation/read-developer-file.ts';
import { readDockerfile } from '../../core/read/automation/read-dockerfile.ts';
import { readEditorFile } from '../../core/read/automation/read-editor-file.ts';
import { type BotCooldown, isOfDependabot } from '../../core/read/config/bots/bot-cooldown.ts';
import { readRenovate } from '../../core/read/config/bots/read-renovate.ts';
import type { Bunfig, BunfigLevel } from '../../core/read/config/bun/bunfig.ts';
import type { Dotenv } from '../../core/read/config/dotenv.ts';
import type { MemberNpmrc, NpmrcLevel } from '../../core/read/config/npm/npmrc.ts';
import { readNpmrc } from '../../core/read/config/npm/read-npmrc.ts';
import type { PnpmWorkspace } from '../../core/read/config/pnpm/pnpm-workspace.ts';
import { readClassicYarnrc } from '../../core/read/config/yarn/read-classic-yarnrc.ts';
import type { Yarnrc, YarnrcLevel } from '../../core/read/config/yarn/yarnrc.ts';
import { readLockfile } from '../../core/read/lockfile/detect.ts';
import { editedLockfile } from '../../core/read/lockfile/faults/edited-lockfile.ts';
import { isEmptyText } from '../../core/read/lockfile/model/empty-lockfile.ts';
import type { LockfileKind } from '../../core/read/manager/model/files.ts';
import type { Manifest } from '../../core/read/manifest/manifest.ts';
import { readManifest } from '../../core/read/manifest/read-manifest.ts';
import { updateManifest } from '../../core/read/manifest/update-manifest.ts';
import type { AuditIgnores } from '../../core/read/policy-file/import/audit-ignores.ts';
import { readAuditFile } from '../../core/read/policy-file/import/read-audit-file.ts';
import { readPolicy } from '../../core/read/policy-file/read-policy.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import { joinChanges, type TextChange } from '../../core/read/text/text-change.ts';
import { configReaders } from './config-readers.ts';
import { readComparedSbom } from './sbom-reader.ts';

/** Models parsed from the texts of files. */
export interface FileModels {
  /** Returns the model of a text; the same object while the text is unchanged. */
  parsed<K extends keyof Parsers>(
    kind: K,
    file: { readonly uri: Uri; readonly text: string },
    variant: Variants[K],
  ): ReturnType<Parsers[K]> | undefined;
  /** Notes an edit of an open text; without `edit` or an earlier text, the file is parsed anew. */
  noteEdit(uri: Uri, before: string | undefined, edit: TextChange | undefined): void;
  /** Drops the edits that were noted. */
  forgetEdits(uri: Uri): void;
  /** Drops the models of these files. */
  release(isReleased: (uri: Uri) => boolean): void;
}

export interface Variants {
  manifest: undefined;
  lockfile: LockfileKind;
  npmrc: NpmrcLevel;
  memberNpmrc: undefined;
  dotenv: undefined;
  policy: undefined;
  pnpmWorkspace: undefined;
  yarnrc: YarnrcLevel;
  classicYarnrc: YarnrcLevel;
  bunfig: BunfigLevel;
  auditIgnores: undefined;
  botCooldowns: undefined;
  automation: AutomationSystem;
  sbom: undefined;
}

const PARSERS = {
  manifest: (uri: Uri, text: string, _: undefined) => readManifest(uri, text),
  lockfile: (uri: Uri, text: string, kind: LockfileKind) => readLockfile(uri, text, kind),
  npmrc: (uri: Uri, text: string, level: NpmrcLevel) => readNpmrc(uri, text, level),
  memberNpmrc: (uri: Uri, text: string, _: undefined): MemberNpmrc => ({
    ...readNpmrc(uri, text, 'project'),
    kind: 'memberNpmrc',
  }),
  dotenv: (uri: Uri, text: string, _: undefined): Dotenv => ({ kind: 'dotenv', uri, text, problems: [] }),
  policy: (uri: Uri, text: string, _: undefined) => readPolicy(uri, text),
  pnpmWorkspace: (uri: Uri, text: string, _: undefined): PnpmWorkspace | undefined =>
    configReaders()?.readPnpmWorkspace(uri, text),
  yarnrc: (uri: Uri, text: string, level: YarnrcLevel): Yarnrc | undefined =>
    configReaders()?.readYarnrc(uri, text, level),
  classicYarnrc: (uri: Uri, text: string, level: YarnrcLevel) =>
    configReaders()?.readFallbackYarnrc(uri, text, level) ?? readClassicYarnrc(uri, text, level),
  bunfig: (uri: Uri, text: string, level: BunfigLevel): Bunfig | undefined =>
    configReaders()?.readBunfig(uri, text, level),
  botCooldowns: (uri: Uri, text: string, _: undefined): readonly BotCooldown[] | undefined =>
    isOfDependabot(uri) ? configReaders()?.readDependabot(uri, text) : readRenovate(uri, text),
  automation: (uri: Uri, text: string, system: AutomationSystem): Automation | undefined => {
    switch (system) {
      case 'github':
      case 'action':
        return configReaders()?.readWorkflow(uri, text, system);
      case 'gitlab':
        return configReaders()?.readGitlab(uri, text);
      case 'circleci':
        return configReaders()?.readCircle(uri, text);
      case 'azure':
        return configReaders()?.readAzure(uri, text);
      case 'compose':
        return configReaders()?.readCompose(uri, text);
      case 'docker':
        return readDockerfile(uri, text);
      case 'tasks':
      case 'agent':
        return readEditorFile(uri, text, system);
      case 'mcp':
      case 'devcontainer':
        return readDeveloperFile(uri, text, system);
      case 'hook':
        return isYamlAutomation(uri) ? configReaders()?.readLefthook(uri, text) : readHook(uri, text);
    }
  },
  sbom: (uri: Uri, text: string, _: undefined) => readComparedSbom(uri, text),
  auditIgnores: (uri: Uri, text: string, _: undefined): AuditIgnores | undefined =>
    uri.endsWith('.toml') ? configReaders()?.readOsvScanner(uri, text) : readAuditFile(uri, text),
};
export type Parsers = typeof PARSERS;

/** Incremental parsers, which return undefined if an edit cannot be applied. */
const UPDATERS: { readonly [K in keyof Parsers]?: Updater<ReturnType<Parsers[K]>> } = {
  manifest: (before: Manifest, text, edit) => updateManifest(before, text, edit),
  lockfile: (before, text, edit) => (isEmptyText(text) ? undefined : editedLockfile(before, text, edit)),
};
type Updater<M> = (before: M, text: string, edit: TextChange) => M | undefined;

/** The change since a text that may have been parsed. */
interface Edited {
  readonly from: string;
  readonly edit: TextChange;
}

interface Model {
  readonly uri: Uri;
  readonly text: string;
  readonly model: unknown;
}

export function createFileModels(): FileModels {
  const models = new Map<string, Model>();
  const edited = new Map<Uri, Edited>();

  /** Returns the updated model of an edited text; undefined if it must be parsed from scratch. */
  function updated(kind: keyof Parsers, uri: Uri, known: Model | undefined, text: string): unknown {
    const since = edited.get(uri);
    edited.delete(uri);
    const update = UPDATERS[kind] as Updater<unknown> | undefined;
    if (known === undefined || update === undefined || since?.from !== known.text) return undefined;
    return update(known.model, text, since.edit);
  }

  return {
    parsed(kind, { uri, text }, variant) {
      const key = `${kind} ${variant} ${uri}`;
      const known = models.get(key);
      if (known !== undefined && known.text === text) return known.model as never;
      const parse = PARSERS[kind] as (uri: Uri, text: string, variant: unknown) => unknown;
      const model = updated(kind, uri, known, text) ?? parse(uri, text, variant);
      // The parsers for this kind of file may not be loaded yet.
      if (model !== undefined) models.set(key, { uri, text, model });
      return model as never;
    },
    noteEdit(uri, before, edit) {
      const known = edited.get(uri);
      if (edit === undefined || before === undefined) edited.delete(uri);
      else if (known === undefined) edited.set(uri, { from: before, edit });
      else edited.set(uri, { from: known.from, edit: joinChanges(known.edit, edit) });
    },
    forgetEdits: (uri) => void edited.delete(uri),
    release(isReleased) {
      for (const [key, { uri }] of models) if (isReleased(uri)) models.delete(key);
    },
  };
}
