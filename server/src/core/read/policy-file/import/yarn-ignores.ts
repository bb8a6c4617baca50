import { itemsOf } from '../../config/tree/config-tree.ts';
import type { Yarnrc } from '../../config/yarn/yarnrc.ts';
import { specOfYarnrc } from '../../manager/managers.ts';
import { packageNameProblem } from '../../manifest/package-name.ts';
import type { Located } from '../../text/span.ts';
import { isAdvisoryId } from './advisory-id.ts';
import { type ForeignIgnore, foreignIgnore } from './foreign-ignore.ts';
import { nearbyComment } from './nearby-comment.ts';

export type YarnList = 'npmAuditIgnoreAdvisories' | 'npmAuditExcludePackages';

/** An entry of one of Yarn's two lists: globs of npm's advisory numbers, and globs of package names. */
export interface YarnIgnore extends ForeignIgnore {
  readonly list: YarnList;
}

/** Reads what `yarn npm audit` ignores according to a .yarnrc.yml, in a form without a reason or an expiry. */
export function yarnIgnoresIn({ dialect, text, setting }: Yarnrc): readonly YarnIgnore[] {
  if (specOfYarnrc({ dialect }).settings.auditIn === undefined) return [];
  const lists: readonly YarnList[] = ['npmAuditIgnoreAdvisories', 'npmAuditExcludePackages'];
  return lists.flatMap((list) =>
    itemsOf(setting(list)?.value).flatMap((item) => {
      // Numbers may be written without quotes.
      if (item.type !== 'scalar' || typeof item.value === 'boolean' || item.value === null) return [];
      return [entryOf({ value: item.text, span: item.span }, list, nearbyComment(text, item.span, '#'))];
    }),
  );
}

function scopeOf(is: {
  readonly isId: boolean;
  readonly isPackage: boolean;
  readonly isNumber: boolean;
  readonly isAll: boolean;
}): ForeignIgnore['scope'] {
  if (is.isAll) return 'everything';
  return is.isId ? 'advisory' : is.isPackage ? 'package' : is.isNumber ? 'number' : 'wide';
}

const GLOB = /[*?!()[\]{}]/;

function entryOf({ value, span }: Located<string>, list: YarnList, reason: string | undefined): YarnIgnore {
  const isName = !GLOB.test(value) && packageNameProblem(value) === undefined;
  const isPackage = list === 'npmAuditExcludePackages' && isName;
  const isId = list === 'npmAuditIgnoreAdvisories' && isAdvisoryId(value);
  const isNumber = list === 'npmAuditIgnoreAdvisories' && /^\d+$/.test(value);
  return {
    ...foreignIgnore({
      tool: 'yarn-audit',
      text: value,
      span,
      entrySpan: span,
      scope: scopeOf({ isId, isPackage, isNumber, isAll: /^\*+$/.test(value) }),
      id: isId ? value : undefined,
      package: isPackage ? value : undefined,
      reason,
    }),
    list,
  };
}
