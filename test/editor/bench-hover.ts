import type { Page } from 'playwright-core';
import { placeOf } from './workbench.ts';

/** From the movement of the mouse to the frame with the card, in milliseconds. */
export interface HoverLatencies {
  readonly ours: readonly number[];
  readonly json: readonly number[];
}

const DESCRIPTION = 'Described by a schema.';

/** User settings with which VS Code's own JSON support has a card for "private". */
export const HOVER_SETTINGS: Readonly<Record<string, unknown>> = {
  'json.schemas': [
    {
      fileMatch: ['/app/package.json'],
      schema: { properties: { private: { description: DESCRIPTION } } },
    },
  ],
};

const SUBJECTS = [
  { by: 'ours', over: 'react', says: 'declares' },
  { by: 'json', over: 'private', says: DESCRIPTION },
] as const;

/** Hovers over a dependency and over a described key in turn. */
export async function measureHovers(page: Page, rounds: number): Promise<HoverLatencies> {
  const latencies = { ours: [] as number[], json: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    for (const { by, over, says } of SUBJECTS) {
      const { x, y, width, height } = await placeOf(page, over);
      await page.mouse.move(x + 400, y + 300);
      await page.keyboard.press('Escape');
      await page.locator('.monaco-hover').getByText(says).first().waitFor({ state: 'hidden' });
      await page.evaluate(watchForCard, says);
      await page.mouse.move(x + width / 2, y + height / 2);
      const latency = await page.evaluate(() => (globalThis as unknown as Watching).cardLatency);
      // The first cards are compiled and drawn for the first time.
      if (round > 0) latencies[by].push(latency);
    }
  }
  return latencies;
}

interface Watching {
  cardLatency: Promise<number>;
}

/** Runs in the page: checks each frame for a card with the text, starting with the next movement. */
function watchForCard(says: string): void {
  const page = globalThis as unknown as Watching & {
    addEventListener(type: string, listener: (event: { timeStamp: number }) => void, options: object): void;
    requestAnimationFrame(callback: () => void): void;
    document: {
      querySelectorAll(selector: string): Iterable<{
        readonly textContent: string | null;
        readonly offsetHeight: number;
      }>;
    };
  };
  page.cardLatency = new Promise((resolve) => {
    const onMove = ({ timeStamp }: { timeStamp: number }) => {
      const look = () => {
        for (const card of page.document.querySelectorAll('.monaco-resizable-hover .monaco-hover')) {
          if (card.offsetHeight > 0 && card.textContent?.includes(says)) {
            return resolve(performance.now() - timeStamp);
          }
        }
        page.requestAnimationFrame(look);
      };
      look();
    };
    page.addEventListener('mousemove', onMove, { capture: true, once: true });
  });
}
