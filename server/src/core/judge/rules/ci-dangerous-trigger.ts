import { plural } from '../../read/text/words/words.ts';
import { injectedTexts, privilegedCheckouts } from '../automation/dangerous-triggers.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * Code or text of anybody that runs with the secrets of the repository. A warning where a maintainer has to approve it,
 * where the job has neither secrets nor rights, and for texts in a `pull_request`. Not reported: such triggers that check out
 * the base, or run nothing of what they check out. Known false positives: approvals that take place in an action.
 */
interface Dangerous {
  readonly kind: 'checkout' | 'text';
  /** The trigger, or the expression. */
  readonly name: string;
  readonly runs: string | null;
  readonly more: number;
}

export const ciDangerousTrigger = defineRule<Dangerous, Record<string, never>>({
  id: 'ci-dangerous-trigger',
  category: 'automation',
  preset: 'security',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A workflow that runs code or text of anybody with the secrets of the repository.',
    why: `\`pull_request_target\`, \`workflow_run\` and \`issue_comment\` run with the secrets and the cache of the repository. An
install or test of a pull request in them gives both to its author. That is how the releases of Nx in August 2025 and of
TanStack in May 2026 were taken over.

Use \`pull_request\`, which has no secrets. Where rights are needed, split the workflow: the first part builds without
secrets and uploads its result, the second never runs it.

A title, branch name or comment in \`\${{ … }}\` is pasted into the script before the shell reads it. Pass it in an
environment variable: \`env: { TITLE: "\${{ github.event.issue.title }}" }\` and \`"$TITLE"\`.`,
    bad: `-- package.json --
{ "name": "shop" }
-- .github/workflows/preview.yml --
on: pull_request_target
    ^^^^^^^^^^^^^^^^^^^ ci-dangerous-trigger
jobs:
  preview:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with:
          ref: \${{ github.event.pull_request.head.sha }}
      - run: npm ci && npm run build
`,
    good: `-- package.json --
{ "name": "shop" }
-- .github/workflows/preview.yml --
on: pull_request
jobs:
  preview:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with:
          ref: \${{ github.event.pull_request.head.sha }}
      - run: npm ci && npm run build
`,
  },
  check: {
    *automation(file) {
      for (const { trigger, checkout, runs, isLimited } of privilegedCheckouts(file)) {
        const related = [{ uri: file.uri, span: checkout, message: 'Checks out the code' }];
        const data = { kind: 'checkout', name: trigger.value, runs, more: 0 } as const;
        yield { span: trigger.span, data, related, ...(isLimited ? { severity: 'warning' } : {}) };
        // Further jobs have the same cause.
        break;
      }
      const byText = new Map<string, Found<Dangerous>>();
      for (const { expression, span, isPrivileged } of injectedTexts(file)) {
        const first = byText.get(expression);
        const more = first === undefined ? 0 : first.data.more + 1;
        const data = { kind: 'text', name: expression, runs: null, more } as const;
        const severity = isPrivileged ? {} : ({ severity: 'warning' } as const);
        const related = { uri: file.uri, span, message: 'The same expression' };
        byText.set(
          expression,
          first === undefined
            ? { span, data, ...severity }
            : { ...first, data, related: [...(first.related ?? []), related] },
        );
      }
      yield* byText.values();
    },
  },
  message({ data: { kind, name, runs, more } }) {
    if (kind === 'checkout')
      return `${name} runs code of a pull request with secrets: "${runs}". Use pull_request, or run nothing of it.`;
    const others = more === 0 ? '' : ` (and at ${plural(more, 'other place')})`;
    return `${name} is pasted into a script${others}, and anybody can write it. Pass it in an environment variable.`;
  },
  *fix({ data: { kind, name }, span }, { file, uri }) {
    if (kind !== 'checkout' || name !== 'pull_request_target' || file.kind !== 'automation') return;
    if (file.triggers.some(({ value }) => value === 'pull_request')) return;
    const edits = [{ uri, span, newText: 'pull_request' }];
    yield { title: 'Replace "pull_request_target" with "pull_request"', applicability: 'unsafe', edits };
  },
});
