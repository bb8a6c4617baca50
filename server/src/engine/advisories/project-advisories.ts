import type {
  Advisories,
  AdvisorySourceState,
  SourcedAdvisories,
} from '../../core/know/advisory/advisories.ts';
import type { AdvisorySource } from '../../core/know/advisory/advisory.ts';
import type { AdvisoryLayer } from '../../core/know/advisory/advisory-layer.ts';
import type { LiveView } from './live-source.ts';

/** What the sources of a project have to say now, as far as settings, trust and privacy admit them. */
export interface SourcesNow {
  /** What all of them know, as one. */
  readonly combined: Pick<Advisories, 'of' | 'affecting'>;
  /** What it is made of, in the order in which the sources are asked. */
  readonly layers: readonly AdvisoryLayer[];
  readonly isPending: boolean;
  /** Looked for when somebody wants to know, as the packages of a large project are counted for it. */
  readonly states: () => readonly AdvisorySourceState[];
  readonly live: readonly LiveView[];
}

/** The advisories of a project at one moment. Nothing is opened or looked for before somebody wants to know. */
export class ProjectAdvisories implements SourcedAdvisories {
  readonly #look: () => SourcesNow;
  #now: SourcesNow | undefined;

  constructor(look: () => SourcesNow) {
    this.#look = look;
  }

  of(name: string): ReturnType<Advisories['of']> {
    return this.#seen().combined.of(name);
  }

  affecting(name: string, version: string): ReturnType<Advisories['affecting']> {
    return this.#seen().combined.affecting(name, version);
  }

  get knowledge(): object {
    return this.#seen().combined;
  }

  toldBy(name: string, version: string): readonly AdvisorySource[] {
    const told = this.#seen().layers.filter(({ answered }) => answered?.(name, version) !== false);
    return [...new Set(told.map(({ source }) => source))];
  }

  get isPending(): boolean {
    return this.#seen().isPending;
  }

  get sources(): readonly AdvisorySourceState[] {
    return this.#seen().states();
  }

  /** Whether everything that was seen is as it was. What nobody looked at yet is. */
  isCurrent(): boolean {
    return this.#now?.live.every((view) => view.isCurrent()) ?? true;
  }

  /** When a live source is to be asked, in milliseconds since 1970. */
  get due(): number {
    return this.#seen().live.reduce((due, view) => Math.min(due, view.due), Number.POSITIVE_INFINITY);
  }

  #seen(): SourcesNow {
    this.#now ??= this.#look();
    return this.#now;
  }
}
