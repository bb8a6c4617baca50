import type { SampleResult } from './checked-out.ts';
import type { Cost } from './measure.ts';

/** One question, measured in turn with git. */
export interface Measured {
  readonly name: string;
  readonly pairs: readonly { readonly git: Cost; readonly first: Cost; readonly again: Cost }[];
}

/** One run over a part of the set. */
export interface MeasuredSize {
  readonly repositories: number;
  readonly commitsEach: number;
  readonly texts: number;
  readonly bytes: number;
  readonly cost: Cost;
}

export interface TableFacts {
  readonly repositories: number;
  readonly commits: number;
  readonly texts: number;
  readonly bytes: number;
  readonly rows: readonly Measured[];
  readonly sizes: readonly MeasuredSize[];
  readonly sampled: SampleResult;
}

const MUST = { ratio: 3, again: 0.1, mebibytes: 500 } as const;

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const round = (value: number) => value.toPrecision(2).replace(/^(\d+)\.?\d*e\+\d+$/, () => value.toFixed(0));
const count = (value: number) => value.toLocaleString('en-US');

/** Returns the page of the table, and what misses a limit. */
export function tablePage(facts: TableFacts): {
  readonly text: string;
  readonly failures: readonly string[];
} {
  const failures: string[] = [];
  const rows = facts.rows.map(({ name, pairs }) => {
    const of = (value: (pair: Measured['pairs'][number]) => number) => median(pairs.map(value));
    const ratios = [
      of(({ git, first }) => first.seconds / git.seconds),
      of(({ git, first }) => first.cpu / git.cpu),
      of(({ first, again }) => again.cpu / first.cpu),
    ] as const;
    const memory = Math.max(...pairs.map(({ first }) => first.mebibytes ?? NaN));
    if (Math.min(ratios[0], ratios[1]) > MUST.ratio) failures.push(`${name}: ${round(ratios[0])} times git`);
    if (ratios[2] > MUST.again) failures.push(`${name}: again ${round(ratios[2])}`);
    if (!(memory < MUST.mebibytes)) failures.push(`${name}: ${memory} MiB`);
    const cells = [
      ...[of(({ git }) => git.seconds), of(({ first }) => first.seconds), ratios[0]].map(round),
      ...[of(({ git }) => git.cpu), of(({ first }) => first.cpu), ratios[1]].map(round),
      round(ratios[2]),
      `${Math.round(memory)} MiB`,
    ];
    return `| ${name} | ${cells.join(' | ')} |`;
  });
  const sizes = facts.sizes.map(({ repositories, commitsEach, texts, bytes, cost }) => {
    const perText = `${((cost.cpu / texts) * 1000).toFixed(2)} ms`;
    return `| ${repositories} | ${commitsEach} | ${count(texts)} | ${gigabytes(bytes)} | ${round(cost.cpu)} s | ${perText} | ${Math.round(cost.mebibytes ?? NaN)} MiB |`;
  });
  const { commits, hits, differences } = facts.sampled;
  const rounds = facts.rows[0]?.pairs.length;
  const text = `# Incidents: measured

${facts.repositories} generated repositories with ${count(facts.commits)} commits, each of which edits a real lockfile: ${count(facts.texts)} texts
with ${Math.round(facts.bytes / facts.texts / 1000)} kB on average, ${gigabytes(facts.bytes)} in all. Made by \`node test/incident/run.ts\`.
git is \`git cat-file --batch\` over the same texts, to nowhere. The two run in turn, and figures are medians of ${rounds === 1 ? '1 round' : `${rounds} rounds`}.
Processor time counts all processes. The machine has 2 cores. Other programs on it lengthen our times more than those of git, as
our command uses both cores, and processor times less. The ratio must be at most ${MUST.ratio}, in time or in processor time.
The second run must take at most a tenth of the first, and memory be below ${MUST.mebibytes} MiB.

| Question | git, s | ours, s | Ratio | git, CPU s | ours, CPU s | Ratio | Second run | Peak memory |
| --- | --: | --: | --: | --: | --: | --: | --: | --: |
${rows.join('\n')}

## Growth

| Repositories | Commits each | Texts | Bytes | CPU | CPU for a text | Peak memory |
| --: | --: | --: | --: | --: | --: | --: |
${sizes.join('\n')}

## Correctness

${count(commits)} sampled commits were checked out and their lockfiles read with the parsers of other projects. They lock a listed version
${count(hits)} times, and the events of the report say ${differences.length === 0 ? 'the same of every commit' : `something else of ${differences.length} commits`}.
`;
  return { text, failures };
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
