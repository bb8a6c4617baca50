import type { Detector } from '../verdict.ts';

/** Options of npm's command line that become a name through a misplaced space or dash. */
const OPTIONS: ReadonlySet<string> = new Set(
  [
    'save-dev save-exact save-optional save-peer save-prod save-bundle no-save save-d no-audit no-fund no-optional',
    'no-package-lock package-lock-only legacy-peer-deps legacy-bundling strict-peer-deps ignore-scripts dry-run',
    'prefer-offline prefer-online frozen-lockfile include-workspace-root install-strategy omit-dev',
  ].flatMap((line) => line.split(' ')),
);
const ONE_WORD_OPTIONS: ReadonlySet<string> = new Set(
  'save global dev force production verbose silent'.split(' '),
);

/** Detects an option of npm read as a name, or joined to one: '--legacy-peer-deps', 'lodash--save'. */
export const commandFlag: Detector = ({ shape: { base, scope }, index: { popular } }) => {
  if (scope !== '') return [];
  const npm = popular.rank('npm');
  const dashes = /^-*/.exec(base)![0].length;
  const option = base.slice(dashes);
  if (npm !== undefined && (OPTIONS.has(option) || (dashes > 0 && ONE_WORD_OPTIONS.has(option)))) {
    const evidence = `is written like the option '--${option}' of npm`;
    return [{ rank: npm, mechanism: 'command-flag', confidence: dashes > 0 ? 'high' : 'low', evidence }];
  }
  const at = base.indexOf('--', 1);
  const behind = base.slice(at + 2);
  const isOption = OPTIONS.has(behind) || ONE_WORD_OPTIONS.has(behind);
  const rank = at > 0 && isOption ? popular.rank(base.slice(0, at)) : undefined;
  if (rank === undefined) return [];
  const evidence = `is '${popular.names[rank]!}' and the option '--${behind}' of npm`;
  return [{ rank, mechanism: 'command-flag', confidence: 'high', evidence }];
};
