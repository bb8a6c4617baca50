import type { Automation } from '../automation/automation.ts';
import type { Bunfig } from '../config/bun/bunfig.ts';
import type { Dotenv } from '../config/dotenv.ts';
import type { MemberNpmrc, Npmrc } from '../config/npm/npmrc.ts';
import type { PnpmWorkspace } from '../config/pnpm/pnpm-workspace.ts';
import type { RushConfig } from '../config/rush/rush-config.ts';
import type { Yarnrc } from '../config/yarn/yarnrc.ts';
import type { Lockfile } from '../lockfile/model/lockfile.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { AuditIgnores } from '../policy-file/import/audit-ignores.ts';
import type { Policy } from '../policy-file/policy.ts';
import type { SbomFile } from '../sbom/sbom-file.ts';
import type { InstallProgram } from './since-base.ts';

/** The kinds of files that rules check; each is a parsed model with its text. */
export type CheckedFile =
  | Manifest
  | Lockfile
  | Npmrc
  | MemberNpmrc
  | Dotenv
  | Policy
  | PnpmWorkspace
  | Yarnrc
  | Bunfig
  | AuditIgnores
  | Automation
  | RushConfig
  | SbomFile
  | InstallProgram;
