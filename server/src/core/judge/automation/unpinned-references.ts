import { endedInImage, endedNode, SUGGESTED_NODE } from '../../know/runtimes/end-of-life.ts';
import type { Automation, AutomationJob, AutomationStep } from '../../read/automation/automation.ts';
import { newlineOf, type TextEdit } from '../../read/text/edit.ts';
import type { Located, Span } from '../../read/text/span.ts';

/**
 * A reference whose content may change. ended: a release without security fixes; floating: an image of Node.js without a
 * version; action, github-action, own-action: a tag or branch, of others, of GitHub's own organizations, or of the owner of
 * the repository; image: a tag; root: a container that runs as root.
 */
export interface UnpinnedReference {
  readonly kind: 'ended' | 'floating' | 'action' | 'github-action' | 'own-action' | 'image' | 'root';
  /** The reference as written, or the release that ended. */
  readonly name: string;
  /** `YYYY-MM-DD`, for `ended`. */
  readonly since?: string;
  readonly span: Span;
  readonly edits?: readonly TextEdit[];
  /** Prints what the reference is now. */
  readonly command?: string;
}

const GITHUB: ReadonlySet<string> = new Set(['actions', 'github']);

/** Whose actions count as pinned, and as the project's own. */
interface Owners {
  readonly trusted: readonly string[];
  /** In lower case; undefined if unknown. */
  readonly own: string | undefined;
}

/** Yields such references of a file, in order of their kind. */
export function* unpinnedReferences(
  file: Automation,
  now: number,
  owners: Owners,
): Generator<UnpinnedReference> {
  for (const job of file.jobs) {
    for (const step of job.steps) {
      if (step.uses !== undefined) yield* actionReference(step.uses, owners);
      yield* endedSetup(step, job, now);
    }
  }
  yield* imageReferences(file, now);
  if (file.system === 'docker') yield* rootUser(file);
}

function* actionReference(
  { value, span }: Located<string>,
  { trusted, own }: Owners,
): Generator<UnpinnedReference> {
  const [, owner, repository, ref] = /^([\w.-]+)\/([\w.-]+)(?:\/[\w./-]*)?@([\w./+-]+)$/.exec(value) ?? [];
  if (owner === undefined || repository === undefined || ref === undefined) return;
  if (/^[\da-f]{40}(?:[\da-f]{24})?$/.test(ref) || trusted.includes(owner)) return;
  const isOwn = owner.toLowerCase() === own;
  const kind = isOwn ? 'own-action' : GITHUB.has(owner) ? 'github-action' : 'action';
  yield { kind, name: value, span, command: `gh api repos/${owner}/${repository}/commits/${ref} --jq .sha` };
}

/** Finds a release of Node.js that a job sets up. A matrix tests old releases on purpose. */
function* endedSetup(
  { uses, with: inputs }: AutomationStep,
  job: AutomationJob,
  now: number,
): Generator<UnpinnedReference> {
  if (uses === undefined || !/^actions\/setup-node@/.test(uses.value) || job.hasMatrix) return;
  const value = inputs.find(({ key }) => key.value === 'node-version')?.value;
  const ended = value === undefined ? undefined : endedNode(value.text, now);
  if (value === undefined || ended === undefined) return;
  const edits = /^\d+(?:\.x)?$/.test(value.text)
    ? [{ span: value.span, newText: `'${SUGGESTED_NODE}'` }]
    : [];
  yield { kind: 'ended', name: ended.product, since: ended.since, span: value.span, edits };
}

function* imageReferences(file: Automation, now: number): Generator<UnpinnedReference> {
  for (const { image, place } of file.images) {
    const { value, span } = image;
    const parts =
      /^(?:(?:docker\.io|public\.ecr\.aws\/docker)\/)?(?:library\/)?(\w[\w./:-]*?)(?::([\w.-]+))?(?:@(sha256:\w+))?$/.exec(
        value,
      );
    // One with a variable may be anything.
    if (parts === null) continue;
    const [, name = '', tag, digest] = parts;
    const ended = tag === undefined ? undefined : endedInImage(name, tag, now);
    if (ended !== undefined) {
      yield {
        kind: 'ended',
        name: ended.product,
        since: ended.since,
        span,
        edits: suggestedTag(image, name, tag!, digest),
      };
      continue;
    }
    if (digest !== undefined || name === 'scratch') continue;
    const isFloating = name === 'node' && (tag === undefined || /^(?:latest|current|lts)(?:-|$)/.test(tag));
    const command = `docker buildx imagetools inspect ${value} --format '{{.Manifest.Digest}}'`;
    if (isFloating) yield { kind: 'floating', name: value, span, command };
    else if (place === 'from') yield { kind: 'image', name: value, span, command };
  }
}

/** Offers another release only for tags that surely exist with it. */
function suggestedTag(
  { value, span }: Located<string>,
  name: string,
  tag: string,
  digest: string | undefined,
): readonly TextEdit[] {
  const [, suffix] = /^\d+(?:\.\d+){0,2}(-alpine|-slim|)$/.exec(tag) ?? [];
  if (name !== 'node' || suffix === undefined || digest !== undefined) return [];
  const start = span.start + value.lastIndexOf(tag);
  return [{ span: { start, end: start + tag.length }, newText: `${SUGGESTED_NODE}${suffix}` }];
}

/** Finds a last stage from an image of Node.js that nothing tells to run as another user. */
function* rootUser({ jobs, text }: Automation): Generator<UnpinnedReference> {
  const last = jobs.at(-1);
  if (last === undefined || !/^(?:docker\.io\/)?(?:library\/)?node(?::|@|$)/.test(last.name.value)) return;
  const isSet = last.steps.some(({ instruction }) => instruction === 'USER');
  const start = last.steps.findLast(
    ({ instruction }) => instruction === 'CMD' || instruction === 'ENTRYPOINT',
  );
  if (isSet || start === undefined) return;
  const first = last.steps.find(({ instruction }) => instruction === 'CMD' || instruction === 'ENTRYPOINT')!;
  const at = first.span.start;

  const keyword = { start: start.span.start, end: start.span.start + start.instruction!.length };
  yield {
    kind: 'root',
    name: 'node',
    span: keyword,
    edits: [{ span: { start: at, end: at }, newText: `USER node${newlineOf(text)}` }],
  };
}
