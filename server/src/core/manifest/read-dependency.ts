import { type JsonNode, type JsonProperty, stringOf } from '../text/json-tree.ts';
import type { Span } from '../text/span.ts';
import type { DependencySection, ManifestDependency } from './manifest.ts';
import { readSpecifier, targetOf } from './read-specifier.ts';
import type { Specifier } from './specifier.ts';

/** The dependencies among a section's properties; all places are moved by `by`. */
export function readDependencies(
  section: DependencySection,
  properties: readonly JsonProperty[],
  by = 0,
): readonly ManifestDependency[] {
  return properties.filter(isDependency).map((property) => {
    const { key: name, value } = property;
    const declared = stringOf(value);
    const valueType = isComplete(value) ? value.type : 'missing';
    const own = { section, name, declared, valueType } as const;
    const dependency = new Dependency(own, property.keySpan, value?.span ?? property.keySpan, property.span);
    return by === 0 ? dependency : dependency.movedBy(by);
  });
}

/** The same dependency, that much further on in the text. */
export function moveDependency(dependency: ManifestDependency, by: number): ManifestDependency {
  return dependency instanceof Dependency ? dependency.movedBy(by) : dependency;
}

/** A key becomes a dependency with its colon; "" and keys that people write comments under are none. */
function isDependency(property: JsonProperty): boolean {
  return property.colon !== undefined && property.key !== '' && !property.key.startsWith('//');
}

function isComplete(node: JsonNode | undefined): node is JsonNode {
  return node !== undefined && (!('closed' in node) || node.closed);
}

/** Reads its specifier when first asked, as most edits ask for few of them. */
class Dependency implements ManifestDependency {
  readonly section: DependencySection;
  readonly name: string;
  readonly nameSpan: Span;
  readonly declared: string | undefined;
  readonly valueType: ManifestDependency['valueType'];
  readonly valueSpan: Span;
  readonly span: Span;
  #specifier: Specifier | undefined;

  constructor(
    own: Pick<ManifestDependency, 'section' | 'name' | 'declared' | 'valueType'>,
    nameSpan: Span,
    valueSpan: Span,
    span: Span,
  ) {
    this.section = own.section;
    this.name = own.name;
    this.nameSpan = nameSpan;
    this.declared = own.declared;
    this.valueType = own.valueType;
    this.valueSpan = valueSpan;
    this.span = span;
  }

  get specifier(): Specifier {
    this.#specifier ??=
      this.declared === undefined
        ? { type: 'invalid', reason: 'it is no text' }
        : readSpecifier(this.name, this.declared);
    return this.#specifier;
  }

  get target(): string {
    return targetOf(this.name, this.specifier);
  }

  movedBy(by: number): Dependency {
    const moved = new Dependency(
      this,
      movedSpan(this.nameSpan, by),
      movedSpan(this.valueSpan, by),
      movedSpan(this.span, by),
    );
    moved.#specifier = this.#specifier;
    return moved;
  }
}

function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
