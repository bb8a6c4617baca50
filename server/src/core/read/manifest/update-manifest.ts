import { parseJsonTree } from '../text/json/json-tree.ts';
import { growthOf, moveSpan, moveSpans, type TextChange } from '../text/text-change.ts';
import { dependenciesOf } from './dependencies-of.ts';
import type { Manifest, ManifestDependency, ManifestSection } from './manifest.ts';
import { moveDependency, readDependencies } from './read-dependency.ts';

/**
 * Returns the manifest of a text that was edited among the dependencies of one section: the same as `readManifest`, at
 * the cost of the touched dependencies only. Undefined if the edit is of another kind, or if either text is not plain
 * JSON; then the whole text must be read.
 */
export function updateManifest(before: Manifest, text: string, edit: TextChange): Manifest | undefined {
  if (before.problems.length > 0 || text.length !== before.text.length + growthOf(edit)) return undefined;
  const at = before.sections.findIndex(
    ({ keySpan, span }) => keySpan.end <= edit.start && edit.oldEnd < span.end,
  );
  const section = before.sections[at];
  const touched = section === undefined ? undefined : touchedBy(before.text, section, edit);
  if (section === undefined || touched === undefined) return undefined;
  const { first, end, change } = touched;
  const read = readAmong(text, section, touched);
  if (read === undefined) return undefined;

  const by = growthOf(change);
  const move = (dependency: ManifestDependency) => (by === 0 ? dependency : moveDependency(dependency, by));
  const sections = before.sections.map((other, index): ManifestSection => {
    if (index === at) {
      const { dependencies } = other;
      const rest = dependencies.slice(end).map(move);
      return {
        ...section,
        span: moveSpan(section.span, change),
        dependencies: [...dependencies.slice(0, first), ...read, ...rest],
      };
    }
    if (by === 0 || other.span.end <= change.start) return other;
    return {
      ...moveSpans({ ...other, dependencies: [] }, change),
      dependencies: other.dependencies.map(move),
    };
  });
  return {
    ...moveSpans({ ...before, text, sections: [], dependencies: [] }, change),
    sections,
    dependencies: dependenciesOf(sections),
  };
}

/**
 * The dependencies that an edit touches: from `first` up to but excluding `end`, and the range between their neighbors.
 */
interface Touched {
  readonly first: number;
  readonly end: number;
  readonly change: TextChange;
}

function touchedBy(
  old: string,
  { keySpan, span, dependencies }: ManifestSection,
  edit: TextChange,
): Touched | undefined {
  const brace = old.indexOf('{', keySpan.end);
  if (brace === -1 || brace >= edit.start + 1 || old[span.end - 1] !== '}') return undefined;
  const first = countBefore(dependencies, (dependency) => dependency.span.end < edit.start);
  const end = countBefore(dependencies, (dependency) => dependency.span.start <= edit.oldEnd);
  const start = dependencies[first - 1]?.span.end ?? brace + 1;
  const oldEnd = dependencies[end]?.span.start ?? span.end - 1;
  if (edit.start < start || edit.oldEnd > oldEnd) return undefined;
  return { first, end, change: { start, oldEnd, newEnd: oldEnd + growthOf(edit) } };
}

/** Returns for how many items at the start of a sorted list the predicate holds. */
function countBefore<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Reads the text between two neighbors, each replaced by a dummy. Undefined if it is anything but properties and the
 * commas that belong there.
 */
function readAmong(
  text: string,
  { section, dependencies }: ManifestSection,
  { first, end, change }: Touched,
): readonly ManifestDependency[] | undefined {
  const front = first > 0 ? '{"":0' : '{';
  const back = end < dependencies.length ? '"":0}' : '}';
  const tree = parseJsonTree(front + text.slice(change.start, change.newEnd) + back);
  const { root } = tree;
  if (tree.problems.length > 0 || tree.comments.length > 0 || root?.type !== 'object') return undefined;
  const from = first > 0 ? 1 : 0;
  const members = root.members.slice(from, end < dependencies.length ? -1 : undefined);
  return readDependencies(section, members, change.start - front.length);
}
