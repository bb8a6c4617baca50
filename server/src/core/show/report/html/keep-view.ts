/** What the script uses of the browser. */
interface Control {
  value: string;
  checked: boolean;
  open: boolean;
  readonly type: string;
  dispatchEvent(event: unknown): void;
}

interface ViewedPage {
  querySelectorAll(selector: string): Iterable<Control>;
  addEventListener(type: string, listener: () => void, isCapturing: boolean): void;
}

interface Viewport {
  readonly scrollY: number;
  readonly Event: new (type: string) => unknown;
  scrollTo(x: number, y: number): void;
  addEventListener(type: 'scrollend', listener: () => void): void;
}

interface ViewState {
  readonly values: readonly (string | boolean)[];
  readonly open: readonly boolean[];
  readonly top: number;
}

interface StateStore {
  getState(): ViewState | undefined;
  setState(state: ViewState): void;
}

/**
 * Keeps the search, the filters, what is unfolded, and how far the page is scrolled. An editor makes the view anew with
 * each refresh, and when its tab is shown again. The view runs the text of the function: it uses nothing from outside
 * itself.
 */
export function keepView(page: ViewedPage, viewport: Viewport, store: StateStore): void {
  const controls = [...page.querySelectorAll('.filters input,.filters select')];
  const foldings = [...page.querySelectorAll('details')];
  const state = store.getState();
  if (state !== undefined) {
    const { values, open, top } = state;
    for (const [at, control] of controls.entries()) {
      const value = values[at];
      if (typeof value === 'boolean') control.checked = value;
      else if (value !== undefined) control.value = value;
      // The project of a filter may be gone.
      if (typeof value === 'string' && control.value !== value) control.value = '';
      control.dispatchEvent(new viewport.Event(control.type === 'search' ? 'input' : 'change'));
    }
    // With other findings they are other ones.
    if (open.length === foldings.length)
      for (const [at, folding] of foldings.entries()) folding.open = open[at] ?? false;
    viewport.scrollTo(0, top);
  }
  const keep = () => {
    store.setState({
      values: controls.map(({ type, checked, value }) => (type === 'checkbox' ? checked : value)),
      open: foldings.map((folding) => folding.open),
      top: viewport.scrollY,
    });
  };
  viewport.addEventListener('scrollend', keep);
  // Not every event of an element bubbles, and a click counts when the page has handled it.
  for (const type of ['input', 'change', 'toggle']) page.addEventListener(type, keep, true);
  page.addEventListener('click', keep, false);
}
