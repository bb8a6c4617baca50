import { nameOf, relativeUri } from '../../../read/text/paths/uri.ts';
import { plural } from '../../../read/text/words/words.ts';
import { escapeMarkdown } from '../../features/markdown.ts';
import type { PrivacyDestination, ProjectPrivacy } from '../../features/privacy/privacy.ts';
import {
  describeDestination,
  describeHelpers,
  describeNotes,
  keptGroups,
  MOST_LOCKED,
  NOTHING_SENT,
  type PrivacyNotes,
  type PrivacyTextOptions,
} from './privacy-text.ts';

/** Formats what would be sent where, by project, as Markdown. Untrusted text is shown as it is. */
export function privacyMarkdown(
  projects: readonly ProjectPrivacy[],
  notes: PrivacyNotes,
  { root }: Pick<PrivacyTextOptions, 'root'>,
): string {
  const parts = [
    ...projects.flatMap((project) => projectParts(project, root)),
    ...describeNotes(notes, root).map(escapeMarkdown),
    NOTHING_SENT,
  ];
  return `${parts.join('\n\n')}\n`;
}

function projectParts(project: ProjectPrivacy, root: PrivacyTextOptions['root']): readonly string[] {
  const { root: own, manager, destinations, kept } = project;
  const path = relativeUri(root, own);
  return [
    `## ${escapeMarkdown(`${path === '' ? nameOf(own) : path} (${manager})`)}`,
    ...destinations.flatMap(destinationParts),
    ...describeHelpers(project).map((text) => `### ${escapeMarkdown(text)}`),
    ...(destinations.length === 0 ? ['No name is sent to anybody.'] : []),
    ...(kept.length === 0
      ? []
      : [
          '### Never sent',
          keptGroups(kept, root)
            .map(({ reason, names, placed }) =>
              [
                `- ${escapeMarkdown(reason)}${names.length === 0 ? '' : `: ${listed(names, MOST_LOCKED)}`}`,
                ...placed.map((text) => `  - ${escapeMarkdown(text)}`),
              ].join('\n'),
            )
            .join('\n'),
        ]),
  ];
}

function destinationParts(destination: PrivacyDestination): readonly string[] {
  const { declared, locked } = destination;
  const names = (label: string, all: readonly string[], most: number) =>
    all.length === 0 ? [] : [`- ${plural(all.length, 'name')} ${label}: ${listed(all, most)}`];
  const lines = [
    ...names('from your files', declared, declared.length),
    ...names('from the lockfile alone', locked, MOST_LOCKED),
  ];
  return [
    `### ${escapeMarkdown(describeDestination(destination))}`,
    ...(lines.length === 0 ? [] : [lines.join('\n')]),
  ];
}

function listed(names: readonly string[], most: number): string {
  const rest = names.length - most;
  return `${names.slice(0, most).map(escapeMarkdown).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
