import { RULES_SETTING, sectionsOf, type Texts } from './package-settings.ts';

/** A text of package.json that VS Code shows: where it is, and the key under which it is translated. */
interface Place {
  readonly holder: Record<string, unknown>;
  readonly member: string;
  readonly key: string;
}

type Item = Record<string, unknown>;

/** Names of members whose value is one text. */
const MEMBERS = ['title', 'name', 'label', 'description', 'markdownDescription'];

/**
 * Moves the texts of a package.json into those of package.nls.json, and returns both with their texts sorted by key. A text
 * that is `%key%` already keeps its entry; entries that nothing names any more are dropped. What stays is the product's
 * name, what rules say, and what only programs and models read.
 */
export function withTextsApart(
  packageText: string,
  texts: Texts,
): { readonly manifest: string; readonly texts: Texts } {
  const manifest = JSON.parse(packageText) as Item;
  const named = new Map<string, string>();
  const taken = new Set([...placesIn(manifest)].flatMap(({ holder, member }) => keyOf(holder[member]) ?? []));
  for (const { holder, member, key } of placesIn(manifest)) {
    const text = holder[member];
    if (typeof text !== 'string') continue;
    const own = keyOf(text);
    if (own !== undefined) {
      named.set(own, texts[own] ?? '');
      continue;
    }
    const free = freeKey(key, taken);
    taken.add(free);
    named.set(free, text);
    holder[member] = `%${free}%`;
  }
  const sorted = [...named].sort(([a], [b]) => (a < b ? -1 : 1));
  return { manifest: `${JSON.stringify(manifest, undefined, 2)}\n`, texts: Object.fromEntries(sorted) };
}

/** Returns a package.json with the texts in their places, as VS Code reads it. */
export function withTextsInPlace(packageText: string, texts: Texts): string {
  return packageText.replace(/"%([\w.-]+)%"/g, (whole, key: string) =>
    texts[key] === undefined ? whole : JSON.stringify(texts[key]),
  );
}

function keyOf(text: unknown): string | undefined {
  return typeof text === 'string' ? /^%([\w.-]+)%$/.exec(text)?.[1] : undefined;
}

/** Returns the key, or for what has no id of its own the key with the first free number. */
function freeKey(key: string, taken: ReadonlySet<string>): string {
  if (!taken.has(key)) return key;
  for (let number = 2; ; number++) if (!taken.has(`${key}.${number}`)) return `${key}.${number}`;
}

function* placesIn(manifest: Item): Iterable<Place> {
  yield { holder: manifest, member: 'description', key: 'description' };
  for (const [name, capability] of Object.entries(itemOf(manifest.capabilities)))
    yield* membersOf(itemOf(capability), `capability.${name}`);
  const contributes = itemOf(manifest.contributes);
  for (const command of itemsOf(contributes.commands))
    yield* membersOf(command, `command.${idOf(command.command)}`);
  for (const view of Object.values(itemOf(contributes.views)).flatMap(itemsOf))
    yield* membersOf(view, `view.${idOf(view.id)}`);
  for (const welcome of itemsOf(contributes.viewsWelcome))
    yield { holder: welcome, member: 'contents', key: `welcome.${idOf(welcome.view)}` };
  for (const menu of itemsOf(contributes.submenus)) yield* membersOf(menu, `menu.${idOf(menu.id)}`);
  for (const task of itemsOf(contributes.taskDefinitions)) {
    for (const [name, property] of Object.entries(itemOf(task.properties)))
      yield* membersOf(itemOf(property), `task.${idOf(task.type)}.${name}`);
  }
  for (const tool of itemsOf(contributes.languageModelTools)) {
    for (const member of ['displayName', 'userDescription'])
      yield { holder: tool, member, key: `tool.${idOf(tool.name)}.${member}` };
  }
  yield* walkthroughPlaces(contributes);
  yield* settingPlaces(contributes);
}

function* walkthroughPlaces(contributes: Item): Iterable<Place> {
  for (const walkthrough of itemsOf(contributes.walkthroughs)) {
    const key = `walkthrough.${idOf(walkthrough.id)}`;
    yield* membersOf(walkthrough, key);
    for (const step of itemsOf(walkthrough.steps)) {
      yield* membersOf(step, `${key}.${idOf(step.id)}`);
      yield { holder: itemOf(step.media), member: 'altText', key: `${key}.${idOf(step.id)}.altText` };
    }
  }
}

function* settingPlaces(contributes: Item): Iterable<Place> {
  for (const section of sectionsOf(contributes.configuration as Parameters<typeof sectionsOf>[0])) {
    yield { holder: section as Item, member: 'title', key: 'settings' };
    for (const [name, property] of Object.entries(section.properties ?? {})) {
      const key = `setting.${idOf(name)}`;
      for (const setting of [itemOf(property), itemOf(itemOf(property).items)]) {
        yield* membersOf(setting, key);
        yield* enumPlaces(setting, key);
      }
      if (name !== RULES_SETTING) continue;
      for (const rule of Object.values(itemOf(itemOf(property).properties)))
        yield* enumPlaces(itemOf(rule), key);
    }
  }
}

/** The values of settings with a text for each. */
function* enumPlaces(setting: Item, key: string): Iterable<Place> {
  if (!Array.isArray(setting.enum) || !Array.isArray(setting.enumDescriptions)) return;
  const holder = setting.enumDescriptions as unknown as Item;
  for (const [at, value] of setting.enum.entries())
    yield { holder, member: String(at), key: `${key}.${String(value)}` };
  if (!Array.isArray(setting.enumItemLabels)) return;
  // A value that is its own name needs no text.
  for (const [at, value] of setting.enum.entries())
    if (setting.enumItemLabels[at] !== value) {
      const labels = setting.enumItemLabels as unknown as Item;
      yield { holder: labels, member: String(at), key: `${key}.${String(value)}.label` };
    }
}

function* membersOf(holder: Item, key: string): Iterable<Place> {
  const members = MEMBERS.filter((member) => typeof holder[member] === 'string');
  for (const member of members)
    yield { holder, member, key: /escription$/.test(member) ? `${key}.description` : `${key}.${member}` };
}

function itemOf(value: unknown): Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Item) : {};
}

function itemsOf(value: unknown): readonly Item[] {
  return Array.isArray(value) ? value.map(itemOf) : [];
}

/** Returns the last part of an id. */
function idOf(id: unknown): string {
  return String(id).replace(/^dependencyHygiene[._]/, '');
}
