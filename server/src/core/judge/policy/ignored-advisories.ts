import type { Advisory } from '../../know/advisory/advisory.ts';
import { itemsOf, memberOf, textsIn } from '../../read/config/tree/config-tree.ts';
import { berrySetting } from '../../read/config/yarn/berry-setting.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { Project } from '../../read/project/project.ts';
import { compileGlob } from '../../read/text/paths/glob.ts';

type Sources = Pick<Project, 'manager' | 'pnpmWorkspace' | 'rootManifest' | 'yarnrcs'>;

/** Checks whether the package manager's audit ignores the advisory by its id. */
export type IsIgnored = (advisory: Pick<Advisory, 'id' | 'aliases'>) => boolean;

const NONE: IsIgnored = () => false;

/**
 * Returns the advisories that the project's package manager is configured to ignore: pnpm by GHSA id and, before 11, by
 * CVE number; Yarn by the registry's numbers, which are known only if the registry was asked. npm, Yarn 1 and Bun have
 * no such list.
 */
export function ignoredAdvisories(project: Sources): IsIgnored {
  switch (specOf(project.manager).settings.auditIn) {
    case 'pnpmWorkspace':
      return ofPnpm(project);
    case 'yarnrc':
      return ofYarn(project);
    default:
      return NONE;
  }
}

/**
 * `audit.ignore` takes precedence over the older `auditConfig`, and pnpm-workspace.yaml over package.json. From version
 * 11, pnpm uses a service that returns no CVE numbers, and does not read package.json.
 */
function ofPnpm({ manager, pnpmWorkspace, rootManifest }: Sources): IsIgnored {
  const { readsManifest, ignoresCves } = specOf(manager).settings;
  const isRead = readsManifest(manager.version);
  const former = pnpmWorkspace?.setting('auditConfig')?.value;
  const current = memberOf(pnpmWorkspace?.setting('audit')?.value, 'ignore')?.value;
  const inManifest = former === undefined && isRead ? rootManifest?.pnpm?.auditConfig : undefined;
  const ghsas = current ?? memberOf(former, 'ignoreGhsas')?.value;
  const ignoredGhsas = setOf(ghsas === undefined ? inManifest?.ignoreGhsas : textsIn(ghsas));
  const inWorkspace = textsIn(memberOf(former, 'ignoreCves')?.value);
  const ignoredCves = setOf(ignoresCves(manager.version) ? (inManifest?.ignoreCves ?? inWorkspace) : []);
  if (ignoredGhsas.size + ignoredCves.size === 0) return NONE;
  return ({ id, aliases }) => {
    const ids = [id, ...aliases].map((each) => each.toUpperCase());
    const cves = ids.filter((each) => each.startsWith('CVE-'));
    return (
      ids.some((each) => each.startsWith('GHSA-') && ignoredGhsas.has(each)) ||
      // As in pnpm: a single unlisted CVE number is enough to report it.
      (cves.length > 0 && cves.every((each) => ignoredCves.has(each)))
    );
  };
}

function setOf(ids: readonly { readonly value: string }[] = []): ReadonlySet<string> {
  return new Set(ids.map(({ value }) => value.toUpperCase()));
}

/**
 * Matches globs against numbers. An advisory has one number per range that contains a locked version, and all must
 * match.
 */
function ofYarn({ yarnrcs }: Sources): IsIgnored {
  const globs = itemsOf(berrySetting(yarnrcs, 'npmAuditIgnoreAdvisories')).flatMap((item) => {
    const glob = item.type === 'scalar' ? compileGlob(item.text, { dot: true }) : undefined;
    return glob ?? [];
  });
  if (globs.length === 0) return NONE;
  return ({ id, aliases }) => {
    const numbers = [id, ...aliases].filter((each) => /^\d+$/.test(each));
    return numbers.length > 0 && numbers.every((number) => globs.some((glob) => glob.matches(number)));
  };
}
